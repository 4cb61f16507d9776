import type { Language } from '../../model/user.ts';

/** How a CRM is connected, for whoever does it the first time: docs/crm.md says the same at more length. */
export interface CrmGuide {
  kind: string;
  name: string;
  /** What to make there, and what to copy. */
  steps: Readonly<Record<Language, readonly string[]>>;
  /** Settings that are not secret, with an example each. */
  plain: Readonly<Record<string, string | number>>;
  /** Setting → variable of the environment from which it is taken. */
  secret: Readonly<Record<string, string>>;
  /** Which settings take what is found by asking the CRM. */
  chosen: { pipeline?: string; stage?: string; owner?: string; keyField?: string };
  /** Of these the ones that are written as numbers. */
  numbers?: readonly string[];
  /** It can be asked for customers. */
  pulls?: true;
}

/** One entry a connector, in the order in which people are offered them. */
export const crmGuides: readonly CrmGuide[] = [
  {
    kind: 'bitrix24',
    name: 'Bitrix24',
    steps: {
      ru: [
        'В Битрикс24 откройте «Разработчикам» → «Другое» → «Входящий вебхук».',
        'Дайте ему права «CRM (crm)» и «Пользователи (user)».',
        'Скопируйте адрес вебхука целиком. Это секрет: кто его знает, тот может всё, что может вебхук.',
      ],
      en: [
        'In Bitrix24 open Developer resources → Other → Inbound webhook.',
        'Give it the rights “CRM (crm)” and “Users (user)”.',
        'Copy the whole address of the webhook. It is a secret: who knows it can do whatever the webhook can.',
      ],
    },
    plain: {},
    secret: { webhook_url: 'B24_WEBHOOK' },
    chosen: { pipeline: 'category_id', stage: 'stage_id', owner: 'assigned_by_id' },
    numbers: ['category_id', 'assigned_by_id'],
    pulls: true,
  },
  {
    kind: 'amocrm',
    name: 'amoCRM, Kommo',
    steps: {
      ru: [
        'В amoCRM откройте «amoМаркет» → «Создать интеграцию» → «Внешняя интеграция» и выдайте долгосрочный токен (access_token).',
        'В настройках сделок заведите текстовое поле для ключа Молвы: по нему сделка узнаётся снова (key_field_id).',
        'Номер поля покажет кнопка «Что там есть» после подключения.',
      ],
      en: [
        'In Kommo open the marketplace → Create integration → Private integration, and give out a long-lived token (access_token).',
        'Make a text field of leads for Molva’s key: by it a lead is known again (key_field_id).',
        'The number of the field is shown by the button “What is there” once the CRM is connected.',
      ],
    },
    plain: { url: 'https://example.amocrm.ru', key_field_id: 123456 },
    secret: { access_token: 'AMO_TOKEN' },
    chosen: {
      pipeline: 'pipeline_id',
      stage: 'status_id',
      owner: 'responsible_user_id',
      keyField: 'key_field_id',
    },
    numbers: ['pipeline_id', 'status_id', 'responsible_user_id', 'key_field_id'],
    pulls: true,
  },
  {
    kind: 'hubspot',
    name: 'HubSpot',
    steps: {
      ru: [
        'В HubSpot откройте Settings → Integrations → Private Apps и создайте приложение.',
        'Права: tickets, crm.objects.contacts.read, crm.objects.deals.read, crm.objects.owners.read.',
        'Заведите свойство тикетов (однострочный текст, значения не повторяются) с именем molva_key: оно стоит в key_property.',
        'Скопируйте токен доступа (access_token).',
      ],
      en: [
        'In HubSpot open Settings → Integrations → Private Apps and create an app.',
        'Scopes: tickets, crm.objects.contacts.read, crm.objects.deals.read, crm.objects.owners.read.',
        'Make a property of tickets (single-line text, unique values) named molva_key: it stands in key_property.',
        'Copy the access token (access_token).',
      ],
    },
    plain: { key_property: 'molva_key' },
    secret: { access_token: 'HUBSPOT_TOKEN' },
    chosen: { pipeline: 'pipeline', stage: 'stage', owner: 'owner_id', keyField: 'key_property' },
    pulls: true,
  },
  {
    kind: 'zendesk',
    name: 'Zendesk',
    steps: {
      ru: [
        'В Admin Center откройте Apps and integrations → Zendesk API и включите доступ по токену.',
        'Создайте токен (api_token) и запишите почту агента, от чьего имени он работает (email).',
      ],
      en: [
        'In Admin Center open Apps and integrations → Zendesk API and switch on token access.',
        'Add a token (api_token), and note the e-mail of the agent for whom it speaks (email).',
      ],
    },
    plain: { url: 'https://example.zendesk.com', email: 'agent@example.com' },
    secret: { api_token: 'ZENDESK_TOKEN' },
    chosen: { owner: 'assignee_id' },
    numbers: ['assignee_id'],
    pulls: true,
  },
  {
    kind: 'salesforce',
    name: 'Salesforce',
    steps: {
      ru: [
        'В Setup создайте External Client App и включите в нём Client Credentials Flow с пользователем, от чьего имени он работает.',
        'У объекта Case заведите текстовое поле Molva_Key__c: External ID, Unique. Оно стоит в key_field.',
        'Скопируйте consumer key (client_id) и consumer secret (client_secret); адрес — ваш My Domain.',
      ],
      en: [
        'In Setup make an External Client App, and switch on its Client Credentials Flow with the user for whom it speaks.',
        'Make a text field Molva_Key__c of Case: External ID, Unique. It stands in key_field.',
        'Copy the consumer key (client_id) and the consumer secret (client_secret); the address is your My Domain.',
      ],
    },
    plain: { url: 'https://example.my.salesforce.com', key_field: 'Molva_Key__c' },
    secret: { client_id: 'SF_CLIENT_ID', client_secret: 'SF_CLIENT_SECRET' },
    chosen: { owner: 'owner_id', keyField: 'key_field' },
    pulls: true,
  },
  {
    kind: 'espocrm',
    name: 'EspoCRM',
    steps: {
      ru: [
        'В Administration создайте роль: контакты, сделки и пользователи — чтение; обращения и заметки — создание и правка.',
        'Создайте API User с этой ролью и скопируйте его ключ (api_key).',
        'В Entity Manager добавьте обращениям (Case) текстовое поле molvaKey: в API оно cMolvaKey и стоит в key_field.',
      ],
      en: [
        'In Administration make a role: contacts, opportunities and users read; cases and notes create and edit.',
        'Make an API User with this role and copy its key (api_key).',
        'In the Entity Manager add a text field molvaKey to Case: the API calls it cMolvaKey, and it stands in key_field.',
      ],
    },
    plain: { url: 'https://crm.example.com', key_field: 'cMolvaKey' },
    secret: { api_key: 'ESPO_KEY' },
    chosen: { owner: 'assigned_user_id', keyField: 'key_field' },
    pulls: true,
  },
  {
    kind: 'suitecrm',
    name: 'SuiteCRM',
    steps: {
      ru: [
        'Администратор открывает Admin → OAuth2 Clients and Tokens → New Client Credentials Client.',
        'Пользователь, от чьего имени он работает, должен видеть контакты и сделки и создавать обращения и заметки.',
        'Скопируйте номер клиента (client_id) и секрет (client_secret). Для SuiteCRM 7 поставьте version: 7. Поле для ключа не нужно.',
      ],
      en: [
        'An administrator opens Admin → OAuth2 Clients and Tokens → New Client Credentials Client.',
        'The user for whom it speaks must see contacts and opportunities, and create cases and notes.',
        'Copy the client’s id (client_id) and its secret (client_secret). For SuiteCRM 7 write version: 7. No field for the key is needed.',
      ],
    },
    plain: { url: 'https://crm.example.com', version: 8 },
    secret: { client_id: 'SUITECRM_CLIENT_ID', client_secret: 'SUITECRM_CLIENT_SECRET' },
    chosen: { owner: 'assigned_user_id' },
    pulls: true,
  },
  {
    kind: 'odoo',
    name: 'Odoo',
    steps: {
      ru: [
        'Нужна версия 19 или новее. В профиле пользователя откройте Account Security → New API Key (api_key): ключ живёт не дольше трёх месяцев.',
        'У crm.lead заведите текстовое поле x_molva_key: оно стоит в key_field.',
        'Если на сервере несколько баз, назовите свою в database.',
      ],
      en: [
        'Version 19 or later is needed. In the user’s preferences open Account Security → New API Key (api_key): it lives three months at most.',
        'Make a text field x_molva_key of crm.lead: it stands in key_field.',
        'Where the server has several databases, name yours in database.',
      ],
    },
    plain: { url: 'https://example.odoo.com', key_field: 'x_molva_key' },
    secret: { api_key: 'ODOO_KEY' },
    chosen: { owner: 'user_id', keyField: 'key_field' },
    numbers: ['user_id'],
    pulls: true,
  },
  {
    kind: 'chatwoot',
    name: 'Chatwoot',
    steps: {
      ru: [
        'Создайте Inbox вида API: в нём появятся обращения. Его номер — inbox_id, номер аккаунта — account_id; оба видны в адресе страницы.',
        'В Settings → Custom Attributes заведите беседам (Conversation) текстовый атрибут molva_key: он стоит в key_attribute.',
        'Токен агента (api_access_token) стоит в Profile Settings → Access Token.',
      ],
      en: [
        'Make an inbox of the kind API: cases appear there. Its number is inbox_id, that of the account account_id; both stand in the page’s address.',
        'In Settings → Custom Attributes make a text attribute molva_key of conversations: it stands in key_attribute.',
        'The agent’s token (api_access_token) stands in Profile Settings → Access Token.',
      ],
    },
    plain: { url: 'https://app.chatwoot.com', account_id: 1, inbox_id: 1, key_attribute: 'molva_key' },
    secret: { api_access_token: 'CHATWOOT_TOKEN' },
    chosen: { pipeline: 'inbox_id', owner: 'assignee_id', keyField: 'key_attribute' },
    numbers: ['inbox_id', 'assignee_id'],
    pulls: true,
  },
  {
    kind: 'webhook',
    name: 'Webhook',
    steps: {
      ru: [
        'Для любой другой системы: она получит подписанное сообщение (Standard Webhooks) на свой адрес (url).',
        'Создайте секрет командой `molva webhook secret` и передайте его получателю.',
      ],
      en: [
        'For any other system: it gets a signed message (Standard Webhooks) at its address (url).',
        'Make a secret with `molva webhook secret` and hand it to the receiver.',
      ],
    },
    plain: { url: 'https://crm.example.com/molva' },
    secret: { secrets: 'CRM_WEBHOOK_SECRET' },
    chosen: {},
  },
  {
    kind: 'csv',
    name: 'CSV',
    steps: {
      ru: ['Для системы, которая читает файлы: строка на обращение, в папке данных, в crm/.'],
      en: ['For a system that reads files: a line a case, in the data folder, in crm/.'],
    },
    plain: { file: 'cases.csv' },
    secret: {},
    chosen: {},
  },
];
