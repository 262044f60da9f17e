-- Plimsoll's schema. Owned by the role that runs Flyway; the api role works behind row-level security, the engine role
-- (watch, courier, book) sees every account. Times are timestamptz, set by the database where nobody else must know them.

-- ---- Who asks ----

create table account (
    id          uuid        not null constraint account_pkey primary key,
    name        text        not null,
    -- as its owner wrote it, proven by nobody: nothing is sent there, and nobody is found by it
    email_sealed bytea,
    timezone    text        not null default 'UTC',
    version     bigint      not null default 1,
    created_at  timestamptz not null default now(),
    -- what the operator says of it: since when its keys are refused, and how many things it may have where that is not the default
    suspended_at      timestamptz,
    suspended_because text,
    max_positions     int,
    max_rules         int,
    max_channels      int,
    constraint account_name_length check (length(name) between 1 and 200),
    constraint account_suspended_has_reason check ((suspended_at is null) = (suspended_because is null)),
    constraint account_quotas_not_negative check (least(max_positions, max_rules, max_channels) >= 0)
);

-- Of accounts that come from files: what was last applied, by its SHA-256.
create table provisioned (
    account_id uuid        not null constraint provisioned_pkey primary key constraint provisioned_account_fkey references account on delete cascade,
    hash       bytea       not null,
    applied_at timestamptz not null default now(),
    constraint provisioned_hash_length check (length(hash) = 32)
);

-- When a key of it was last used, to some minutes; apart, so that it wakes nobody.
create table account_seen (
    account_id uuid        not null constraint account_seen_pkey primary key
                           constraint account_seen_account_fkey references account on delete cascade,
    at         timestamptz not null
);

create table api_key (
    id          uuid        not null constraint api_key_pkey primary key,
    account_id  uuid        not null constraint api_key_account_fkey references account on delete cascade,
    name        text        not null,
    scope       text        not null,
    hash        bytea       not null constraint api_key_hash_key unique,
    hint        text        not null,
    created_at  timestamptz not null default now(),
    expires_at  timestamptz,
    constraint api_key_expires_later check (expires_at > created_at),
    constraint api_key_scope_known check (scope in ('full', 'operate', 'read')),
    constraint api_key_hash_length check (length(hash) = 32)
);
create index api_key_account on api_key (account_id, id);

-- Links that sign somebody in on the pages, once; and who is signed in there. SHA-256 of what is only told; by database time.
create table login_link (
    hash       bytea       not null constraint login_link_pkey primary key,
    account_id uuid        not null constraint login_link_account_fkey references account on delete cascade,
    expires_at timestamptz not null,
    constraint login_link_hash_length check (length(hash) = 32)
);
create index login_link_account on login_link (account_id);

create table web_session (
    hash       bytea       not null constraint web_session_pkey primary key,
    account_id uuid        not null constraint web_session_account_fkey references account on delete cascade,
    expires_at timestamptz not null,
    constraint web_session_hash_length check (length(hash) = 32)
);
create index web_session_account on web_session (account_id);

-- The answer to a POST with an Idempotency-Key, without once-shown secrets; kept for 24 h.
create table idempotency (
    account_id   uuid        not null constraint idempotency_account_fkey references account on delete cascade,
    key          text        not null,
    request_hash bytea       not null,
    status       int,
    location     text,
    -- it may hold a mail address
    body_sealed  bytea,
    created_at   timestamptz not null default now(),
    constraint idempotency_pkey primary key (account_id, key)
);
create index idempotency_age on idempotency (created_at);

-- ---- What is watched ----

create table position (
    id                   uuid        not null constraint position_pkey primary key,
    account_id           uuid        not null constraint position_account_fkey references account on delete cascade,
    key                  text,
    name                 text        not null,
    kind                 text        not null,
    labels               jsonb       not null default '{}',
    terms                jsonb       not null,
    -- interest on the debt counts from here; by the watch's clock
    legs_since           timestamptz not null,
    target_health_factor numeric,
    version              bigint      not null default 1,
    created_at           timestamptz not null default now(),
    constraint position_account_key_key unique (account_id, key),
    constraint position_kind_known check (kind in ('declared', 'perpetual'))
);
create index position_account on position (account_id, id);

create table rule (
    id              uuid        not null constraint rule_pkey primary key,
    account_id      uuid        not null constraint rule_account_fkey references account on delete cascade,
    key             text,
    name            text        not null,
    labels          jsonb       not null default '{}',
    watches         jsonb       not null,
    condition       jsonb       not null,
    levels          jsonb       not null,
    channels        uuid[],
    escalation      jsonb       not null default '[]',
    -- by the clock of the account's time zone
    quiet_from      time,
    quiet_to        time,
    notify_resolved boolean     not null default true,
    version         bigint      not null default 1,
    created_at      timestamptz not null default now(),
    constraint rule_account_key_key unique (account_id, key),
    constraint rule_quiet_from_and_to check ((quiet_from is null) = (quiet_to is null)),
    constraint rule_quiet_for_a_while check (quiet_from <> quiet_to)
);
create index rule_account on rule (account_id, id);

-- What an account does not want to be told for a while; by the watch's clock.
create table silence (
    id                uuid        not null constraint silence_pkey primary key,
    account_id        uuid        not null constraint silence_account_fkey references account on delete cascade,
    watches           jsonb       not null,
    starts_at         timestamptz not null,
    ends_at           timestamptz not null,
    reason            text        not null,
    even_liquidatable boolean     not null default false,
    created_at        timestamptz not null default now(),
    constraint silence_ends_later check (ends_at > starts_at)
);
create index silence_account on silence (account_id, id);

create table channel (
    id              uuid        not null constraint channel_pkey primary key,
    account_id      uuid        not null constraint channel_account_fkey references account on delete cascade,
    key             text,
    name            text        not null,
    labels          jsonb       not null default '{}',
    kind            text        not null,
    state           text        not null default 'unverified',
    disabled_reason text,
    -- what its owner said of it by field, sealed (a URL may carry a token), and what may be shown of that
    settings_sealed bytea       not null,
    settings_shown  jsonb       not null,
    -- the host it leads to, or its kind where all of a kind lead to the same: what is slow or gone together
    host            text        not null default '',
    -- signing secrets where its kind signs, sealed; those before it, sealed together, sign too until then
    secret_sealed   bytea,
    old_secret_sealed bytea,
    old_secret_until  timestamptz,
    -- since when nothing arrived there though it was tried; null when the last attempt arrived
    failing_since   timestamptz,
    -- its owner was told of this run of failures
    failing_warned  boolean     not null default false,
    -- SHA-256 of the code that proves the channel
    proof_hash      bytea,
    -- keyed hash of a mail address, by which whoever lost their keys is found
    mail_hash       bytea,
    -- the other person it leads to, who hears of the last step of an escalation and of nothing else; null where it is its owner's
    buddy           text,
    -- whether it wakes somebody, as its owner says; null where only its kind is known
    loud            boolean,
    version         bigint      not null default 1,
    created_at      timestamptz not null default now(),
    constraint channel_buddy_has_name check (length(buddy) between 1 and 200),
    constraint channel_state_known check (state in ('unverified', 'active', 'disabled')),
    constraint channel_disabled_has_reason check ((state = 'disabled') = (disabled_reason is not null))
);
-- partial, so that a new key locks its row no more than any other change: whoever sends there holds it for key share
create unique index channel_account_key_key on channel (account_id, key) where key is not null;
create index channel_account on channel (account_id, id);
create index channel_mail on channel (mail_hash) where mail_hash is not null;

-- Who lost their keys, by the keyed hash of the mail address they named, until somebody looks whether there is such a channel:
-- whoever asks hears the same, and as soon, whether there is or not.
create table recovery_request (
    mail_hash bytea       not null,
    at        timestamptz not null default now()
);

-- Codes that were sent to proven mail channels: each is good for one new key, once, until then. SHA-256; by database time.
create table recovery (
    code_hash  bytea       not null constraint recovery_pkey primary key,
    account_id uuid        not null constraint recovery_account_fkey references account on delete cascade,
    channel_id uuid        not null constraint recovery_channel_fkey references channel on delete cascade,
    at         timestamptz not null default now(),
    expires_at timestamptz not null,
    used       boolean     not null default false,
    constraint recovery_hash_length check (length(code_hash) = 32)
);
create index recovery_account on recovery (account_id, at);
create index recovery_channel on recovery (channel_id);

-- Proofs sent of late: so many per address and account in a day. The channel may be gone.
create table proof (
    account_id     uuid        not null constraint proof_account_fkey references account on delete cascade,
    -- for whom the address is sealed
    channel_id     uuid        not null,
    address_sealed bytea       not null,
    at             timestamptz not null default now()
);
create index proof_account on proof (account_id, at);

-- What an account reads by the calendar of its time zone: a digest of the day or the week, or a check before going to bed.
create table digest (
    id                uuid        not null constraint digest_pkey primary key,
    account_id        uuid        not null constraint digest_account_fkey references account on delete cascade,
    kind              text        not null,
    -- by the clock of the account's time zone
    local_time        time        not null,
    -- 1 is Monday
    weekday           int,
    -- null means every active channel of the account
    channels          uuid[],
    -- of a check: how long nobody looks, and which chance is small enough
    asleep_minutes    int,
    acceptable_chance numeric,
    -- when the next one is due, by the watch's clock; null until somebody looks, as after a change of the time zone
    next_at           timestamptz,
    -- the local date of the last one
    last_date         date,
    version           bigint      not null default 1,
    created_at        timestamptz not null default now(),
    constraint digest_kind_known check (kind in ('daily', 'weekly', 'bedtime')),
    constraint digest_weekday_of_weekly check ((kind = 'weekly') = (weekday is not null)),
    constraint digest_weekday_known check (weekday between 1 and 7),
    constraint digest_asleep_of_bedtime
        check ((kind = 'bedtime') = (asleep_minutes is not null) and (kind = 'bedtime') = (acceptable_chance is not null))
);
create index digest_account on digest (account_id, id);
create index digest_due on digest (coalesce(next_at, '-infinity'), id);

-- That a digest of a date went out. Whoever finds it here sends no second.
create table digest_issue (
    digest_id  uuid        not null constraint digest_issue_digest_fkey references digest on delete cascade,
    local_date date        not null,
    at         timestamptz not null default now(),
    constraint digest_issue_pkey primary key (digest_id, local_date)
);

-- In another time zone it is due at another instant.
create function replan_digests() returns trigger language plpgsql security definer set search_path = ${flyway:defaultSchema}, pg_temp as $$
begin
    update digest set next_at = null where account_id = new.id;
    return null;
end $$;

-- ---- Who talks to us in chats ----

-- ---- What secrets are sealed under ----

-- Master keys under which something here is sealed, or may be; whoever does not hold all of them does not start. The newest
-- is the one to seal under, known to every replica before anything is.
create table master_key (
    -- as Tink writes it before what it seals, in hexadecimal digits
    id          text        not null constraint master_key_pkey primary key,
    -- opens under it: another key may have the same number
    probe       bytea       not null,
    since       timestamptz not null default clock_timestamp(),
    -- how much was sealed under it when it was last counted; null while nobody counts
    values_left bigint,
    constraint master_key_id_form check (id ~ '^[0-9a-f]{8}$')
);

-- Which replica knows which keys, and seals under which; gone a while after it ended.
create table key_holder (
    replica       text        not null constraint key_holder_pkey primary key,
    keys          text[]      not null,
    sealing       text        not null,
    sealing_since timestamptz not null default now(),
    until         timestamptz not null
);

-- The key of the keyed hashes below, sealed under the master key: one row.
create table hash_key (
    name   text  not null constraint hash_key_pkey primary key,
    sealed bytea not null
);

-- Which chat is linked to which account, by which channel, and who linked it. Chats and persons by their keyed hashes.
create table chat_link (
    channel_id  uuid        not null constraint chat_link_pkey primary key constraint chat_link_channel_fkey references channel on delete cascade,
    account_id  uuid        not null constraint chat_link_account_fkey references account on delete cascade,
    chat_hash   bytea       not null,
    -- of a group that has topics; 0 where there are none
    topic       bigint      not null default 0,
    owner_hash  bytea       not null,
    created_at  timestamptz not null default now(),
    constraint chat_link_chat_account_key unique (chat_hash, topic, account_id)
);
create index chat_link_account on chat_link (account_id);

-- Whoever loses a chat loses what its links opened: a phone that was stolen stays signed in nowhere.
create function end_sessions() returns trigger language plpgsql security definer set search_path = ${flyway:defaultSchema}, pg_temp as $$
begin
    delete from login_link where account_id = old.account_id;
    delete from web_session where account_id = old.account_id;
    return null;
end $$;

-- Tokens of deep links, by their SHA-256: good once, until then, by database time.
create table chat_invitation (
    token_hash bytea       not null constraint chat_invitation_pkey primary key,
    account_id uuid        not null constraint chat_invitation_account_fkey references account on delete cascade,
    -- what becomes linked; null where a channel is made then
    channel_id uuid        constraint chat_invitation_channel_fkey references channel on delete cascade,
    expires_at timestamptz not null,
    constraint chat_invitation_channel_key unique (channel_id)
);
create index chat_invitation_account on chat_invitation (account_id);

-- Where somebody is in a conversation of several steps, for a while.
create table conversation (
    chat_hash   bytea       not null,
    person_hash bytea       not null,
    -- another one for each conversation: buttons of an older one say nothing to it
    id          uuid        not null constraint conversation_id_key unique,
    state       jsonb       not null,
    expires_at  timestamptz not null,
    constraint conversation_pkey primary key (chat_hash, person_hash),
    constraint conversation_bounded check (length(state::text) <= 16384)
);
create index conversation_expiry on conversation (expires_at);

-- ---- What was judged ----

-- One row a (rule, subject, episode). Rules and positions may be deleted under it: what they were is in the rows kept here.
create table alert (
    id               uuid        not null constraint alert_pkey primary key,
    account_id       uuid        not null constraint alert_account_fkey references account on delete cascade,
    rule_id          uuid        not null,
    subject          text        not null,
    position_id      uuid,
    episode          int         not null,
    state            text        not null,
    severity         text        not null,
    sequence         int         not null,
    started_at       timestamptz not null,
    resolved_at      timestamptz,
    resolved_because text,
    acknowledged_at  timestamptz,
    snoozed_until    timestamptz,
    -- why its owner does not know the last of it; told when that is over
    hush             text,
    worst            numeric,
    -- what alert.Life must remember between ticks, and what the rule and subject were called
    life             jsonb       not null,
    shown            jsonb       not null,
    version          bigint      not null default 1,
    updated_at       timestamptz not null default now(),
    constraint alert_episode_key unique (rule_id, subject, episode),
    constraint alert_state_known check (state in ('pending', 'firing', 'resolved')),
    constraint alert_hush_known check (hush in ('silenced', 'inhibited')),
    constraint alert_resolved_says_when check ((state = 'resolved') = (resolved_at is not null)),
    constraint alert_subject_form check (subject ~ '^(position|asset|account|drill):.')
);
create unique index alert_unresolved_key on alert (rule_id, subject) where state <> 'resolved';
create index alert_account on alert (account_id, id);
create index alert_position on alert (position_id) where position_id is not null;

-- The timeline: one row a transition.
create table transition (
    alert_id   uuid        not null constraint transition_alert_fkey references alert on delete cascade,
    sequence   int         not null,
    account_id uuid        not null,
    type       text        not null,
    reason     text        not null,
    severity   text        not null,
    at         timestamptz not null,
    detail     jsonb       not null default '{}',
    -- for streams, which read on from the oldest transaction that was running when they last read
    xid        xid8        not null default pg_current_xact_id(),
    constraint transition_pkey primary key (alert_id, sequence)
);
create index transition_account_xid on transition (account_id, xid);

-- Wake-up drills: an alert that is none (its id is the drill's, its subject drill:<id>) goes up the ladder of a rule. All by
-- database time.
create table drill (
    id              uuid        not null constraint drill_pkey primary key,
    account_id      uuid        not null constraint drill_account_fkey references account on delete cascade,
    -- null until it begins where its owner named none: then the oldest with a critical level; it may be gone by now
    rule_id         uuid,
    state           text        not null default 'scheduled',
    due_at          timestamptz not null,
    -- a random one: by the clock of the account's time zone, and until when it takes place
    window_from     time,
    window_to       time,
    latest_at       timestamptz,
    -- why it did not take place, or ends early
    why             text,
    started_at      timestamptz,
    acknowledged_at timestamptz,
    acknowledged_by text,
    ended_at        timestamptz,
    created_at      timestamptz not null default now(),
    constraint drill_state_known
        check (state in ('scheduled', 'running', 'acknowledged', 'unacknowledged', 'interrupted', 'skipped', 'cancelled')),
    constraint drill_window_whole check (num_nulls(window_from, window_to, latest_at) in (0, 3)),
    constraint drill_started_when_it_ran check ((started_at is null) = (state in ('scheduled', 'skipped', 'cancelled'))),
    constraint drill_ended_when_over check ((ended_at is null) = (state in ('scheduled', 'running'))),
    constraint drill_acknowledged_while_it_ran check (acknowledged_at >= started_at)
);
create unique index drill_running_key on drill (account_id) where state = 'running';
create index drill_account on drill (account_id, id);
create index drill_due on drill (due_at) where state = 'scheduled';

-- ---- What is told ----

create table notice (
    id         uuid        not null constraint notice_pkey primary key,
    account_id uuid        not null constraint notice_account_fkey references account on delete cascade,
    alert_id   uuid        constraint notice_alert_fkey references alert on delete cascade,
    sequence   int,
    type       text        not null,
    severity   text        not null,
    at         timestamptz not null,
    -- as it is sent: json keeps the order of members
    data       json        not null,
    -- whom it is for; null means every active channel of the account
    channels   uuid[],
    -- why nobody is told; null where somebody is, if there is anybody
    suppressed text,
    -- held back until then, by database time; null means not at all
    not_before timestamptz,
    -- what becomes one message where a channel groups
    group_id   uuid,
    -- urgent: another channel is told too when none of its own takes it in time
    fails_over boolean     not null default false,
    -- of the commit that wrote it, as W3C's traceparent, where it is traced
    trace      text        default nullif(current_setting('plimsoll.trace', true), ''),
    created_at timestamptz not null default now(),
    constraint notice_alert_sequence_key unique (alert_id, sequence)
);
create index notice_account on notice (account_id, id);

create table delivery (
    id           uuid        not null constraint delivery_pkey primary key,
    account_id   uuid        not null constraint delivery_account_fkey references account on delete cascade,
    notice_id    uuid        not null constraint delivery_notice_fkey references notice on delete cascade,
    alert_id     uuid,
    -- the channel may be gone: what became of the message is kept
    channel_id   uuid,
    -- of its notice, where the channel groups
    group_id     uuid,
    state        text        not null default 'pending',
    -- 'open' is being delivered, 'next' waits for it; null when done
    slot         text,
    reason       text,
    -- why this channel is told beside those the notice is for
    failover     text,
    -- failed, and nobody looked yet whether another channel must be told
    unheard      boolean     not null default false,
    -- what earlier, replaced notices said, oldest first
    replaced     jsonb       not null default '[]',
    -- frozen at the first attempt; sealed where it carries a link that acts for whoever holds it
    body         text,
    body_sealed  bytea,
    -- as which message it stands in the chat; several that became one have the same
    message_id   bigint,
    -- its buttons were taken away there, when all it told was over
    spent        boolean     not null default false,
    attempts     int         not null default 0,
    created_at   timestamptz not null default now(),
    done_at      timestamptz,
    constraint delivery_notice_channel_key unique nulls not distinct (notice_id, channel_id),
    constraint delivery_state_known check (state in ('pending', 'delivered', 'failed', 'superseded', 'suppressed')),
    constraint delivery_slot_known check (slot in ('open', 'next')),
    constraint delivery_slot_while_pending check ((state = 'pending') = (slot is not null)),
    constraint delivery_done_says_when check ((state = 'pending') = (done_at is null))
);
create unique index delivery_open_key on delivery (alert_id, channel_id) where slot = 'open' and alert_id is not null;
create unique index delivery_next_key on delivery (alert_id, channel_id) where slot = 'next' and alert_id is not null;
-- what becomes one message
create index delivery_group on delivery (group_id, channel_id) where slot = 'open' and group_id is not null;
create index delivery_message on delivery (channel_id, message_id) where message_id is not null;
create index delivery_account on delivery (account_id, id);
create index delivery_alert on delivery (alert_id);
create index delivery_channel on delivery (channel_id, state);
create index delivery_unheard on delivery (done_at) where unheard;
create index delivery_failover on delivery (alert_id) where failover is not null;
-- what was for nobody, in case somebody can be told later
create index delivery_unreached on delivery (alert_id) where channel_id is null;

-- What a courier may claim: small rows, deleted when done.
create table queue (
    delivery_id  uuid        not null constraint queue_pkey primary key constraint queue_delivery_fkey references delivery on delete cascade,
    channel_id   uuid        not null constraint queue_channel_fkey references channel on delete cascade,
    priority     int         not null,
    -- of its channel; compared byte by byte, whatever the database's language
    host         text collate "C" not null default '',
    due_at       timestamptz not null default now(),
    -- due and nobody's: what a courier looks through; a courier that finds one neither leased nor waiting any more sets it
    ready        boolean     not null default false,
    -- what the receiver asked for with Retry-After: whatever replaces this delivery waits for it too
    rest_until   timestamptz,
    leased_until timestamptz,
    -- fences late couriers; rises with every claim
    attempt      int         not null default 0,
    -- place in the retry schedule
    tries        int         not null default 0,
    -- when another channel is told too, unless somebody has been told by then; null where nobody else need be
    failover_at  timestamptz
);
-- from one channel to the next without looking at what lies between; what waits or is leased is not in it
create index queue_ready on queue (priority, host, channel_id, due_at) where ready;
create index queue_asleep on queue ((greatest(due_at, leased_until))) where not ready;
-- rows come and go: what is dead is swept early
alter table queue set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
create index queue_failover on queue (failover_at) where failover_at is not null;

create table attempt (
    delivery_id  uuid        not null constraint attempt_delivery_fkey references delivery on delete cascade,
    number       int         not null,
    account_id   uuid        not null,
    at           timestamptz not null,
    duration_ms  int         not null,
    status       int,
    outcome      text        not null,
    detail       text        not null,
    next_at      timestamptz,
    constraint attempt_pkey primary key (delivery_id, number)
);

-- What began in a chat with which message: later ones answer it, and it is edited to say how things stand.
create table thread (
    channel_id  uuid        not null constraint thread_channel_fkey references channel on delete cascade,
    alert_id    uuid        not null constraint thread_alert_fkey references alert on delete cascade,
    account_id  uuid        not null,
    -- several alerts may have begun with one message
    message_id  bigint      not null,
    -- whose body stands there
    delivery_id uuid        not null constraint thread_delivery_fkey references delivery on delete cascade,
    -- the alert's sequence, as the message shows it
    shown       int         not null,
    -- something happened since; stirs counts how often, so that an edit does not hide what happened during it
    stale       boolean     not null default true,
    stirs       bigint      not null default 0,
    -- not edited before: edits count against Telegram's limits, and an edit under way is one replica's
    due_at      timestamptz not null default now(),
    constraint thread_pkey primary key (channel_id, alert_id)
);
create index thread_alert on thread (alert_id);
create index thread_message on thread (channel_id, message_id);
create index thread_stale on thread (due_at) where stale;

-- The pinned message of a chat that says how all its owner's positions stand.
create table gauge (
    channel_id uuid        not null constraint gauge_pkey primary key constraint gauge_channel_fkey references channel on delete cascade,
    account_id uuid        not null,
    -- null until it is sent
    message_id bigint,
    -- what it says beside the time
    figures    text,
    said_at    timestamptz not null default '-infinity',
    -- looked at again, by one replica
    due_at     timestamptz not null default now()
);
create index gauge_due on gauge (due_at);

create function stir_threads() returns trigger language plpgsql security definer set search_path = ${flyway:defaultSchema}, pg_temp as $$
begin
    update thread set stale = true, stirs = stirs + 1 where alert_id = new.id;
    return null;
end $$;
create trigger alert_goes_on after update on alert for each row
    when (old.sequence is distinct from new.sequence) execute function stir_threads();

-- What is watched after it arrived, until somebody takes it up over there: asked at next_at, no more after until.
create table receipt (
    delivery_id uuid        not null constraint receipt_pkey primary key constraint receipt_delivery_fkey references delivery on delete cascade,
    channel_id  uuid        not null constraint receipt_channel_fkey references channel on delete cascade,
    -- what the receiver calls it
    reference   text        not null,
    next_at     timestamptz not null,
    until       timestamptz not null
);
create index receipt_due on receipt (next_at);
create index receipt_channel on receipt (channel_id);

-- ---- What people write and press in Telegram ----

-- Who asks Telegram what happened, by database time, and how far it has come. A row a bot.
create table telegram_bot (
    bot         bigint      not null constraint telegram_bot_pkey primary key,
    holder      text        not null,
    until       timestamptz not null,
    -- null for the first there is
    next_update bigint,
    heard_at    timestamptz
);

-- What happened, kept for two days so that what comes again is known; sealed, and emptied once it is handled.
create table telegram_update (
    bot    bigint      not null,
    id     bigint      not null,
    -- a keyed hash
    chat   text        not null,
    -- null when handled
    sealed bytea,
    -- what its handling did is committed: should it be handled again, only the answer is left to be given
    settled boolean    not null default false,
    -- that failed
    tries  int         not null default 0,
    at     timestamptz not null default now(),
    constraint telegram_update_pkey primary key (bot, id)
);
create index telegram_update_waiting on telegram_update (bot, chat, id) where sealed is not null;
create index telegram_update_handled on telegram_update (at) where sealed is null;

-- Chats in which something waits: those of one chat are handled in order, by one replica at a time.
create table telegram_turn (
    bot    bigint      not null,
    chat   text        not null,
    -- until then it is somebody's, or rests
    due_at timestamptz not null default now(),
    -- fences whoever was too slow
    claim  uuid,
    constraint telegram_turn_pkey primary key (bot, chat)
);
create index telegram_turn_due on telegram_turn (bot, due_at);
alter table telegram_turn set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);

-- Noted in the transaction of whatever its handling did; false where that was done before.
create function settle_telegram_update(of_bot bigint, update_id bigint) returns boolean
    language plpgsql security definer set search_path = ${flyway:defaultSchema}, pg_temp as $$
begin
    update telegram_update set settled = true where bot = of_bot and id = update_id and sealed is not null and not settled;
    return found;
end $$;
revoke all on function settle_telegram_update(bigint, bigint) from public;
grant execute on function settle_telegram_update(bigint, bigint) to ${api-role}, ${engine-role};

-- ---- How replicas work together ----

-- Who holds the watch. One row.
create table lease (
    name         text        not null constraint lease_pkey primary key,
    holder       text        not null,
    epoch        bigint      not null,
    until        timestamptz not null,
    -- the last instant whose market was judged and committed, by the watch's clock
    judged_until timestamptz,
    -- a gap in judgement that nobody was told of yet, by the watch's clock
    gap_from     timestamptz,
    gap_to       timestamptz,
    constraint lease_gap_whole check ((gap_from is null) = (gap_to is null))
);
insert into lease (name, holder, epoch, until) values ('watch', 'nobody', 0, '-infinity');

-- What blinds so many accounts that the operator was told, until it no longer does. By the watch's clock.
create table blackout (
    cause text        not null constraint blackout_pkey primary key,
    since timestamptz not null
);

-- What the watch last published: the market, and how its sources do. One row each.
create table snapshot (
    name  text        not null constraint snapshot_pkey primary key,
    epoch bigint      not null,
    at    timestamptz not null,
    data  jsonb       not null
);

-- What was believed of each asset in each minute, and later in every 5 and every 60. A partition a month, in UTC and by the
-- watch's clock, which in a replay shows another time.
create table price (
    asset            text        not null,
    -- when the span began
    at               timestamptz not null,
    span_minutes     int         not null default 1,
    -- the extremes of the range's two ends; null where it was bounded at no tick
    lowest_low_usd   numeric,
    lowest_high_usd  numeric,
    highest_low_usd  numeric,
    highest_high_usd numeric,
    -- the middle of the last bounded range
    close_usd        numeric,
    -- by source, the farthest it was from the median of the others; negative below
    divergence_bps   jsonb       not null default '{}',
    constraint price_pkey primary key (span_minutes, at, asset),
    constraint price_span_known check (span_minutes in (1, 5, 60)),
    constraint price_at_begins_a_span check (extract(epoch from at) % (span_minutes * 60) = 0),
    constraint price_whole_or_none
        check (num_nulls(lowest_low_usd, lowest_high_usd, highest_low_usd, highest_high_usd, close_usd) in (0, 5)),
    constraint price_ends_in_order
        check (lowest_low_usd > 0 and lowest_low_usd <= lowest_high_usd and highest_low_usd <= highest_high_usd
               and lowest_low_usd <= highest_low_usd and lowest_high_usd <= highest_high_usd)
) partition by range (at);

-- A backtest reads months of a few assets.
create index price_asset_at_idx on price (asset, at);

-- Of each source, the divergence that is farther from zero.
create function farther_bps(one jsonb, other jsonb) returns jsonb language sql immutable as
$$ select coalesce(jsonb_object_agg(source, bps), '{}')
   from (select distinct on (source) source, bps
         from (select * from jsonb_each(one) union all select * from jsonb_each(other)) said (source, bps)
         order by source, abs(bps::numeric) desc) farthest $$;
create aggregate farthest_bps(jsonb) (sfunc = farther_bps, stype = jsonb, initcond = '{}');

-- The month of this instant gets its partition, unless it has one: the engine may not make tables.
create function make_price_month(moment timestamptz) returns void
    language plpgsql security definer
    set search_path = ${flyway:defaultSchema}, pg_temp set timezone = 'UTC' set lock_timeout = '1s' set client_min_messages = warning as $$
declare
    month timestamptz := date_trunc('month', moment);
begin
    execute format('create table if not exists %I partition of price for values from (%L) to (%L)',
                   'price_' || to_char(month, 'YYYY_MM'), month, month + interval '1 month');
end $$;
revoke all on function make_price_month(timestamptz) from public;
grant execute on function make_price_month(timestamptz) to ${engine-role};

-- Drops the oldest month that lies before this instant as a whole; its partition's name, or null where there is none.
create function drop_price_month(before timestamptz) returns text
    language plpgsql security definer
    set search_path = ${flyway:defaultSchema}, pg_temp set timezone = 'UTC' set lock_timeout = '1s' as $$
declare
    oldest text := (select min(partition.relname)
                    from pg_inherits
                    join pg_class partition on partition.oid = inhrelid
                    where inhparent = 'price'::regclass
                      and to_timestamp(partition.relname, '"price_"YYYY_MM') + interval '1 month' <= before);
begin
    if oldest is not null then
        execute format('drop table %I', oldest);
    end if;
    return oldest;
end $$;
revoke all on function drop_price_month(timestamptz) from public;
grant execute on function drop_price_month(timestamptz) to ${engine-role};

-- Every write that the watch or a replica must learn of, in the transaction of the write.
create table change (
    xid        xid8        not null default pg_current_xact_id(),
    kind       text        not null,
    id         uuid        not null,
    account_id uuid        not null,
    at         timestamptz not null default now()
);
create index change_xid on change (xid);
create index change_at on change (at);

create function record_change() returns trigger language plpgsql security definer set search_path = ${flyway:defaultSchema}, pg_temp as $$
declare
    r record := case when tg_op = 'DELETE' then old else new end;
begin
    insert into change (kind, id, account_id)
    values (tg_argv[0], r.id, case when tg_argv[0] = 'account' then r.id else (to_jsonb(r) ->> 'account_id')::uuid end);
    perform pg_notify('change', '');
    return null;
end $$;

-- A code that lies in a mailbox which the channel left lets nobody in.
create function forget_recovery() returns trigger language plpgsql security definer set search_path = ${flyway:defaultSchema}, pg_temp as $$
begin
    update recovery set used = true where channel_id = new.id;
    return null;
end $$;

-- not when its address is sealed anew
create trigger account_changed  after insert or update of name, timezone, version or delete on account for each row execute function record_change('account');
create trigger chat_unlinked    after delete on chat_link               for each row execute function end_sessions();
create trigger account_moved    after update of timezone on account      for each row
    when (old.timezone <> new.timezone) execute function replan_digests();
create trigger api_key_changed  after insert or update or delete on api_key  for each row execute function record_change('api_key');
create trigger position_changed after insert or update or delete on position for each row execute function record_change('position');
create trigger rule_changed     after insert or update or delete on rule     for each row execute function record_change('rule');
create trigger silence_changed  after insert or update or delete on silence  for each row execute function record_change('silence');
create trigger channel_leads_elsewhere after update of mail_hash on channel for each row
    when (old.mail_hash is distinct from new.mail_hash) execute function forget_recovery();
create trigger channel_changed  after insert or update of state or delete on channel for each row execute function record_change('channel');
-- what a user did to an alert (acknowledge, snooze) is a change for the watch; its own writes are not
create trigger alert_changed    after update of acknowledged_at, snoozed_until on alert for each row
    when (current_user = '${api-role}') execute function record_change('alert');

-- ---- Who may see what ----

-- Finding the account of a key comes before the account is known, so it cannot stand behind the policies.
create function find_api_key(key_hash bytea)
    returns table (id uuid, account_id uuid, scope text, expires_at timestamptz, suspended_because text)
    language sql stable security definer set search_path = ${flyway:defaultSchema}, pg_temp as
$$ select k.id, k.account_id, k.scope, k.expires_at, a.suspended_because
   from api_key k join account a on a.id = k.account_id
   where k.hash = key_hash and (k.expires_at is null or k.expires_at > now()) $$;
revoke all on function find_api_key(bytea) from public;
grant execute on function find_api_key(bytea) to ${api-role}, ${engine-role};

-- Who signs in, or is signed in, is known by what they bring alone.
create function redeem_login(link bytea, session bytea, lasting interval) returns table (account_id uuid)
    language sql volatile security definer set search_path = ${flyway:defaultSchema}, pg_temp as
$$ with used as (delete from login_link l where l.hash = link and l.expires_at > now() returning l.account_id)
   insert into web_session (hash, account_id, expires_at) select session, used.account_id, now() + lasting from used
   returning web_session.account_id $$;
create function find_web_session(session bytea) returns table (account_id uuid)
    language sql stable security definer set search_path = ${flyway:defaultSchema}, pg_temp as
$$ select s.account_id from web_session s join account a on a.id = s.account_id
   where s.hash = session and s.expires_at > now() and a.suspended_at is null $$;
revoke all on function redeem_login(bytea, bytea, interval), find_web_session(bytea) from public;
grant execute on function redeem_login(bytea, bytea, interval), find_web_session(bytea) to ${api-role};

-- Whoever brings the code of a recovery is nobody yet.
create function find_recovery(code bytea) returns table (account_id uuid)
    language sql stable security definer set search_path = ${flyway:defaultSchema}, pg_temp as
$$ select r.account_id from recovery r join channel c on c.id = r.channel_id
   where r.code_hash = code and not r.used and r.expires_at > now() and c.state = 'active' $$;
revoke all on function find_recovery(bytea) from public;
grant execute on function find_recovery(bytea) to ${api-role};

-- In the transaction of what a conversation comes to, so that it comes to it once, however often a button is pressed.
create function end_conversation(ended uuid) returns boolean
    language sql volatile security definer set search_path = ${flyway:defaultSchema}, pg_temp as
$$ with gone as (delete from conversation c where c.id = ended and c.expires_at > now() returning c.id) select exists (select from gone) $$;
revoke all on function end_conversation(uuid) from public;
grant execute on function end_conversation(uuid) to ${api-role};

do $$
declare
    t text;
begin
    foreach t in array array['account', 'provisioned', 'api_key', 'login_link', 'web_session', 'chat_link', 'chat_invitation', 'idempotency', 'position', 'rule', 'silence', 'digest', 'channel', 'proof', 'recovery', 'alert', 'drill', 'transition', 'notice', 'delivery', 'thread', 'gauge', 'attempt']
    loop
        execute format('alter table %I enable row level security', t);
        execute format('create policy %I on %I to ${api-role} using (%I = nullif(current_setting(''plimsoll.account'', true), '''')::uuid)'
                       ' with check (%I = nullif(current_setting(''plimsoll.account'', true), '''')::uuid)',
                       t || '_own', t, case when t = 'account' then 'id' else 'account_id' end, case when t = 'account' then 'id' else 'account_id' end);
        execute format('create policy %I on %I to ${engine-role} using (true) with check (true)', t || '_all', t);
        execute format('grant select, insert, update, delete on %I to ${api-role}, ${engine-role}', t);
    end loop;
end $$;

-- The queue has no account: a policy follows its delivery.
alter table queue enable row level security;
create policy queue_own on queue to ${api-role}
    using (exists (select from delivery d where d.id = delivery_id))
    with check (exists (select from delivery d where d.id = delivery_id));
create policy queue_all on queue to ${engine-role} using (true) with check (true);
grant select, insert, update, delete on queue to ${api-role}, ${engine-role};

alter table receipt enable row level security;
create policy receipt_all on receipt to ${engine-role} using (true) with check (true);
grant select, insert, update, delete on receipt to ${engine-role};

alter table digest_issue enable row level security;
create policy digest_issue_all on digest_issue to ${engine-role} using (true) with check (true);
grant select, insert, delete on digest_issue to ${engine-role};

alter table recovery_request enable row level security;
create policy recovery_request_ask on recovery_request for insert to ${api-role} with check (true);
create policy recovery_request_all on recovery_request to ${engine-role} using (true) with check (true);
grant insert on recovery_request to ${api-role};
-- to lock a row it takes the right to update it
grant select, insert, update, delete on recovery_request to ${engine-role};

grant select, insert, update, delete on conversation to ${engine-role};
alter table account_seen enable row level security;
create policy account_seen_all on account_seen to ${engine-role} using (true) with check (true);
grant select, insert, update on account_seen to ${engine-role};
grant select, insert, update, delete on hash_key to ${engine-role};
grant select, insert, update, delete on master_key, key_holder to ${engine-role};

do $$
declare
    t text;
begin
    foreach t in array array['telegram_bot', 'telegram_update', 'telegram_turn']
    loop
        execute format('alter table %I enable row level security', t);
        execute format('create policy %I on %I to ${engine-role} using (true) with check (true)', t || '_all', t);
        execute format('grant select, insert, update, delete on %I to ${engine-role}', t);
    end loop;
end $$;

grant select on snapshot, lease to ${api-role};
grant select, insert, update, delete on snapshot, lease, change, price, blackout to ${engine-role};
grant select on change to ${api-role};
-- a start that may not migrate looks whether somebody else has
grant select on flyway_schema_history to ${api-role}, ${engine-role};
