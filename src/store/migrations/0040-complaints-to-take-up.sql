-- On “today” and beside the menu's word: complaints that nobody has taken up, of whom there may be few among thousands of mentions a day.
create index mentions_to_take_up on mentions (created_at)
  where coalesce(complaint->>'level', case when (complaint->>'isComplaint')::boolean then 'alert' else 'none' end) = 'alert' and status = 'new' and basket_at is null;
