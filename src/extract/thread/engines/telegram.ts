import { engineOf } from '../engine.ts';

/** A channel's public preview (t.me/s/…): its messages as one thread; the "next" page is the one with older messages. */
export const telegram = engineOf({
  kind: 'telegram',
  name: 'Telegram channel preview',
  signs: [
    ['.tgme_widget_message', 1],
    ['.tgme_channel_history, .tgme_header', 0.6],
  ],
  posts: {
    post: '.tgme_widget_message[data-post]',
    id: [['@data-post', /\/(\d+)$/]],
    author: ['.tgme_widget_message_from_author', '.tgme_widget_message_owner_name'],
    profile: ['.tgme_widget_message_owner_name@href'],
    date: ['.tgme_widget_message_date time', 'time'],
    body: [
      '.tgme_widget_message_bubble > .tgme_widget_message_text',
      '.js-message_text:not(.js-message_reply_text)',
      '.tgme_widget_message_text',
      '.tgme_widget_message_photo_wrap, .tgme_widget_message_video_player, .tgme_widget_message_poll, .tgme_widget_message_document_wrap',
    ],
    quotes: 'blockquote',
    furniture: '.tgme_widget_message_poll_option_percent',
    replyTo: ['.tgme_widget_message_reply .tgme_widget_message_author_name'],
    replyId: [['a.tgme_widget_message_reply@href', /\/(\d+)(?:[?#]|$)/]],
    likes: ['.tgme_reaction'],
    deleted: '.message_media_not_supported_wrap.service_deleted',
    permalink: ['a.tgme_widget_message_date'],
  },
  title: ['meta[property="og:title"]', '.tgme_channel_info_header_title'],
  addresses: {
    thread: [/^\/s\/(\w+)\/?(?:\?(?:before|after|q)=[^&]*)?$/],
    board: [],
    post: [/\/\w+\/(\d+)$/],
  },
  firstPage: [[/\?.*$/, '']],
  next: 'a.js-messages_more[data-before]',
});
