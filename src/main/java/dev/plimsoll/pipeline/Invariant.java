package dev.plimsoll.pipeline;

import java.util.Locale;

/**
 * What must hold of the database after every transaction, and the statement that finds what breaks it: one row, with how
 * many there are and the id of one. Each reads one state of the database, so that what is under way is no breach.
 */
enum Invariant {
    FIRING_UNTOLD("an alert is firing and no notice says so, sent or suppressed", """
            select count(*) as broken, min(a.id::text) as example
            from alert a
            where a.state = 'firing' and a.hush is null and not exists (select from notice n where n.alert_id = a.id)"""),

    UNRESOLVED_TWICE("a rule has two alerts of one subject that are not over", """
            select count(*) as broken, min(example) as example
            from (select min(id::text) as example
                  from alert
                  where state <> 'resolved'
                  group by rule_id, subject
                  having count(*) > 1) twice"""),

    TIMELINE_BEHIND("an alert that is not over has a state that its timeline does not tell of", """
            select count(*) as broken, min(a.id::text) as example
            from alert a
            where a.state = 'firing' and not exists (
                select from transition t where t.alert_id = a.id and t.sequence = a.sequence)"""),

    NOTICE_WITHOUT_DELIVERY("a notice of an alert that is not over has no delivery, not even a suppressed one", """
            select count(*) as broken, min(n.id::text) as example
            from alert a
            join notice n on n.alert_id = a.id
            where a.state <> 'resolved' and not exists (select from delivery d where d.notice_id = n.id)"""),

    OPEN_UNQUEUED("a delivery of an alert is neither queued nor ended: nobody sends it", """
            select count(*) as broken, min(d.id::text) as example
            from delivery d
            where d.slot = 'open' and d.alert_id is not null
              and not exists (select from queue q where q.delivery_id = d.id)"""),

    NEXT_WITHOUT_OPEN("a delivery waits behind one that is over: nobody opens it", """
            select count(*) as broken, min(d.id::text) as example
            from delivery d
            where d.slot = 'next' and d.alert_id is not null
              and not exists (
                  select from delivery o
                  where o.alert_id = d.alert_id and o.channel_id = d.channel_id and o.slot = 'open'
                    and o.alert_id is not null)"""),

    QUEUED_BUT_ENDED("a delivery is in the queue and over: it would be sent again", """
            select count(*) as broken, min(d.id::text) as example
            from queue q
            join delivery d on d.id = q.delivery_id
            where d.slot is distinct from 'open'"""),

    FAILED_UNHEARD("a delivery failed an hour ago and nobody looked whether another channel must be told", """
            select count(*) as broken, min(id::text) as example
            from delivery
            where unheard and done_at < now() - interval '1 hour'"""),

    POLICY_OFF("a table of accounts' data is not behind row-level security", """
            select count(*) as broken, min(c.relname) as example
            from pg_class c
            join pg_attribute a on a.attrelid = c.oid and a.attname = 'account_id' and not a.attisdropped
            where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relname <> 'change'
              and not c.relrowsecurity"""),

    NOT_DURABLE("the database may forget what it committed", """
            select count(*) as broken, min(name) as example
            from pg_settings
            where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off'""");

    private final String sentence;
    private final String query;

    Invariant(String sentence, String query) {
        this.sentence = sentence;
        this.query = query;
    }

    /** As in the metric's label: {@code open-unqueued}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What is wrong where it is broken. */
    String sentence() {
        return sentence;
    }

    String query() {
        return query;
    }
}
