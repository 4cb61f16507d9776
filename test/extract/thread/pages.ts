/** A small thread page of each engine's default theme, as it is served: the same three posts everywhere. */
export interface EnginePage {
  kind: string;
  url: string;
  html: string;
  /** Of the second post. */
  id: string;
  next?: string;
}

const page = (body: string, head = '') =>
  `<!doctype html><html lang="ru"><head><title>Тема</title>${head}</head><body>${body}</body></html>`;

export const ENGINE_PAGES: readonly EnginePage[] = [
  {
    kind: 'phpbb',
    url: 'https://f.example/viewtopic.php?f=2&t=9&sid=0123456789abcdef0123456789abcdef',
    id: '12',
    next: 'https://f.example/viewtopic.php?t=9&start=10',
    html: page(`<div id="phpbb"><h2 class="topic-title"><a href="./viewtopic.php?t=9&amp;sid=ab12">Тариф</a></h2>
      <div class="pagination"><ul><li class="active"><span>1</span></li><li><a href="./viewtopic.php?t=9&amp;start=10&amp;sid=ab12">2</a></li></ul></div>
      <div id="p11" class="post"><dl class="postprofile"><dt><a class="username" href="./memberlist.php?u=5&amp;sid=ab12">анна</a></dt></dl>
        <p class="author"><a href="./viewtopic.php?p=11&amp;sid=ab12#p11">x</a> <time datetime="2026-02-01T09:00:00+00:00">01 фев 2026</time></p><div class="content">Связь пропала</div><div class="signature">Подпись анны</div></div>
      <div id="p12" class="post"><dl class="postprofile"><dt><a class="username" href="./memberlist.php?u=6">bob</a></dt></dl>
        <p class="author">bob » 02 фев 2026, 12:30</p><div class="content"><blockquote><div><cite><a>анна</a> писал(а): <a href="./viewtopic.php?p=11#p11">↑</a></cite>Связь пропала</div></blockquote>У меня тоже</div></div>
      <div id="p13" class="post"><div class="ignore" id="post_hidden13">Сообщение удалено модератором.</div></div></div>`),
  },
  {
    kind: 'vbulletin3',
    url: 'https://f.example/showthread.php?t=9',
    id: '12',
    html: page(`<td class="navbar"><strong>Тариф</strong></td>
      <table id="post11"><tr><td class="thead"><a name="post11"></a>01.02.2026, 12:00</td></tr><tr><td><a class="bigusername" href="member.php?u=5">анна</a><div id="post_message_11">Связь пропала</div></td></tr></table>
      <table id="post12"><tr><td class="thead"><a name="post12"></a>02.02.2026, 12:30</td></tr><tr><td><a class="bigusername" href="member.php?u=6">bob</a><div id="post_message_12"><div style="margin:20px"><div class="smallfont">Цитата:</div><table><tr><td class="alt2"><div>Сообщение от <strong>анна</strong> <a href="showthread.php?p=11#post11">x</a></div><div>Связь пропала</div></td></tr></table></div>У меня тоже</div></td></tr></table>
      <table id="post13"><tr><td class="thead"><a name="post13"></a></td></tr><tr><td class="alt1"><div class="smallfont">вася</div><em>Сообщение удалено</em></td></tr></table>`),
  },
  {
    kind: 'vbulletin4',
    url: 'https://f.example/threads/9-tarif',
    id: '12',
    html: page(`<span class="threadtitle"><a href="threads/9-tarif">Тариф</a></span><ol id="posts">
      <li class="postbitlegacy postcontainer" id="post_11"><span class="postdate"><span class="date">01.02.2026, <span class="time">12:00</span></span></span><a class="username" href="members/5"><strong>анна</strong></a><div class="content"><div id="post_message_11"><blockquote class="postcontent">Связь пропала</blockquote></div></div></li>
      <li class="postbitlegacy postcontainer" id="post_12"><span class="postdate"><span class="date">02.02.2026, <span class="time">12:30</span></span></span><a class="username" href="members/6"><strong>bob</strong></a><div class="content"><div id="post_message_12"><blockquote class="postcontent"><div class="bbcode_container"><div class="bbcode_quote"><div class="bbcode_postedby">Сообщение от <strong>анна</strong> <a href="threads/9-tarif?p=11#post11">x</a></div><div class="message">Связь пропала</div></div></div>У меня тоже</blockquote></div></div></li>
      <li class="postbitdeleted postcontainer" id="post_13"><a class="username" href="members/7">вася</a></li></ol>`),
  },
  {
    kind: 'vbulletin5',
    url: 'https://f.example/forum/main/support/9-tarif',
    id: '12',
    html: page(`<h1 class="main-title">Тариф</h1><ul>
      <li class="b-post" data-node-id="11"><div class="author"><a href="/member/5-anna">анна</a></div><div class="b-post__timestamp"><time datetime="2026-02-01T09:00:00Z">1</time></div><div class="b-post__content"><div class="js-post__content-text">Связь пропала</div></div></li>
      <li class="b-post" data-node-id="12"><div class="author"><a href="/member/6-bob">bob</a></div><div class="b-post__timestamp"><time datetime="2026-02-02T09:30:00Z">2</time></div><div class="b-post__content"><div class="js-post__content-text"><div class="bbcode_quote"><div class="bbcode_postedby">Сообщение от <strong>анна</strong> <a href="#post11">x</a></div>Связь пропала</div>У меня тоже</div></div></li>
      <li class="b-post b-post--deleted" data-node-id="13"></li></ul>`),
  },
  {
    kind: 'xenforo',
    url: 'https://f.example/threads/tarif.9/',
    id: '12',
    next: 'https://f.example/threads/tarif.9/page-2',
    html: page(`<div class="p-body"><h1 class="p-title-value">Тариф</h1><a class="pageNav-jump pageNav-jump--next" href="/threads/tarif.9/page-2">Вперёд</a>
      <article class="message message--post js-post" data-author="анна" data-content="post-11" id="js-post-11"><h4 class="message-name"><a class="username" href="/members/a.5/">анна</a></h4><ul class="message-attribution-main"><li><a href="/threads/tarif.9/post-11"><time datetime="2026-02-01T12:00:00+0300">x</time></a></li></ul><article class="message-body"><div class="bbWrapper">Связь пропала</div></article></article>
      <article class="message message--post js-post" data-author="bob" data-content="post-12" id="js-post-12"><ul class="message-attribution-main"><li><a href="/threads/tarif.9/post-12"><time datetime="2026-02-02T12:30:00+0300">x</time></a></li></ul><article class="message-body"><div class="bbWrapper"><blockquote class="bbCodeBlock bbCodeBlock--quote" data-quote="анна" data-source="post: 11">Связь пропала</blockquote>У меня тоже</div></article></article>
      <div class="message message--deleted message--post" data-author="вася" data-content="post-13"></div></div>`),
  },
  {
    kind: 'smf',
    url: 'https://f.example/index.php?PHPSESSID=0a1b2c&topic=9.0',
    id: '12',
    html: page(`<div id="footerfix"></div><span id="top_subject">Тариф</span><div id="forumposts">
      <div class="windowbg" id="msg11"><div class="post_wrapper"><div class="poster"><h4><a href="/index.php?action=profile;u=5">анна</a></h4></div><div class="keyinfo"><div class="postinfo"><a class="smalltext" href="/index.php?topic=9.msg11#msg11">01 февраля 2026, 12:00:00</a></div></div><div class="post"><div class="inner" id="msg_11">Связь пропала</div></div></div></div>
      <div class="windowbg" id="msg12"><div class="post_wrapper"><div class="poster"><h4><a href="/index.php?action=profile;u=6">bob</a></h4></div><div class="keyinfo"><div class="postinfo"><a class="smalltext" href="/index.php?topic=9.msg12#msg12">02 февраля 2026, 12:30:00</a></div></div><div class="post"><div class="inner" id="msg_12"><blockquote class="bbc_standard_quote"><cite><a href="/index.php?msg=11">Цитата от: анна от 01 февраля 2026, 12:00:00</a></cite>Связь пропала</blockquote>У меня тоже</div></div></div></div>
      <div class="windowbg" id="msg13"><div class="post_wrapper"><div class="post"><div class="inner" id="msg_13"><em>Сообщение удалено модератором</em></div></div></div></div></div>`),
  },
  {
    kind: 'invision',
    url: 'https://f.example/topic/9-tarif/',
    id: '12',
    html: page(`<div class="ipsApp"><h1 class="ipsType_pageTitle">Тариф</h1>
      <article class="ipsComment cPost" id="elComment_11"><h3 class="cAuthorPane_author"><a href="/profile/5-anna/">анна</a></h3><div class="ipsComment_meta"><a href="/topic/9-tarif/?do=findComment&amp;comment=11"><time datetime="2026-02-01T09:00:00Z">x</time></a></div><div data-role="commentContent">Связь пропала</div></article>
      <article class="ipsComment cPost" id="elComment_12"><h3 class="cAuthorPane_author"><a href="/profile/6-bob/">bob</a></h3><div class="ipsComment_meta"><time datetime="2026-02-02T09:30:00Z">x</time></div><div data-role="commentContent"><blockquote class="ipsQuote" data-ipsquote-username="анна" data-ipsquote-contentcommentid="11">Связь пропала</blockquote>У меня тоже</div></article>
      <article class="ipsComment ipsComment_deleted cPost" id="elComment_13"></article></div>`),
  },
  {
    kind: 'mybb',
    url: 'https://f.example/thread-9.html',
    id: '12',
    html: page(`<td class="thead"><strong>Тариф</strong></td><div id="posts">
      <div class="post" id="post_11"><div class="author_information"><span class="largetext"><a href="/user-5.html">анна</a></span></div><div class="post_head"><span class="post_date">01.02.2026, 12:00</span></div><div class="post_body" id="pid_11">Связь пропала</div></div>
      <div class="post" id="post_12"><div class="author_information"><span class="largetext"><a href="/user-6.html">bob</a></span></div><div class="post_head"><span class="post_date">02.02.2026, 12:30</span></div><div class="post_body" id="pid_12"><blockquote class="mycode_quote"><cite>анна писал(а): <a href="/thread-9-post-11.html#pid11"></a></cite>Связь пропала</blockquote>У меня тоже</div></div>
      <div class="post deleted_post_hidden" id="post_13"><div class="post_body"><em>Сообщение удалено</em></div></div></div>`),
  },
  {
    kind: 'discourse',
    url: 'https://f.example/t/tarif/9',
    id: '2',
    html: page(
      `<noscript><div id="topic-title"><h1>Тариф</h1></div>
      <div id="post_1" class="topic-body crawler-post"><span class="creator"><a href="/u/анна"><span itemprop="name">анна</span></a></span><time class="post-time" datetime="2026-02-01T09:00:00Z">x</time><div class="post" itemprop="text"><p>Связь пропала</p></div></div>
      <div id="post_2" class="topic-body crawler-post"><span class="creator"><a href="/u/bob"><span itemprop="name">bob</span></a></span><time class="post-time" datetime="2026-02-02T09:30:00Z">x</time><div class="post" itemprop="text"><aside class="quote" data-username="анна" data-post="1"><div class="title">анна:</div><blockquote><p>Связь пропала</p></blockquote></aside><p>У меня тоже</p></div></div></noscript>`,
      '<meta name="generator" content="Discourse 3.4.0">',
    ),
  },
  {
    kind: 'punbb',
    url: 'https://f.example/viewtopic.php?id=9',
    id: '12',
    html: page(`<div class="pun"><div id="brdmain"><h1 class="subject">Тариф</h1>
      <div id="p11" class="blockpost"><h2><a href="viewtopic.php?pid=11#p11">2026-02-01 12:00:00</a></h2><div class="postleft"><dl><dt><strong><a href="profile.php?id=5">анна</a></strong></dt></dl></div><div class="postmsg"><p>Связь пропала</p></div></div>
      <div id="p12" class="blockpost"><h2><a href="viewtopic.php?pid=12#p12">2026-02-02 12:30:00</a></h2><div class="postleft"><dl><dt><strong>bob</strong></dt></dl></div><div class="postmsg"><div class="quotebox"><cite>анна пишет:</cite><blockquote><p>Связь пропала</p></blockquote></div><p>У меня тоже</p><p class="postedit"><em>Отредактировано: bob (2026-02-02 12:40:00)</em></p></div></div></div></div>`),
  },
  {
    kind: 'nodebb',
    url: 'https://f.example/topic/9/tarif',
    id: '12',
    html: page(`<h1 component="topic/title">Тариф</h1><ul component="topic">
      <li component="post" data-pid="11" data-username="анна"><a href="/user/anna">а</a><meta itemprop="datePublished" content="2026-02-01T09:00:00Z"><div component="post/content"><p>Связь пропала</p></div></li>
      <li component="post" data-pid="12" data-username="bob"><meta itemprop="datePublished" content="2026-02-02T09:30:00Z"><div component="post/content"><blockquote><p>анна писал: <a href="/post/11">x</a></p>Связь пропала</blockquote><p>У меня тоже</p></div></li></ul>`),
  },
];
