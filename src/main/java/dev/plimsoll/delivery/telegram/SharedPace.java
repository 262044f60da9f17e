package dev.plimsoll.delivery.telegram;

import dev.plimsoll.delivery.telegram.Draw.Bound;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The limits over all replicas, counted in Redis by its clock: the times of the last calls, for each limit as many as it lets. */
@Singleton
class SharedPace {
    static final String KEY = "plimsoll:telegram:";

    /** Answers bound, pause in ms and time in µs; counts only what is granted. Two rests first, then the logs with their limits. */
    private static final String DRAW = """
            local time = redis.call('TIME')
            local now = time[1] * 1000000 + time[2]
            local bound, pause = 0, math.max(redis.call('PTTL', KEYS[1]), redis.call('PTTL', KEYS[2]), 0)
            if pause > 0 then return {1, pause, now} end
            for i = 3, #KEYS do
                local usable, span = tonumber(ARGV[3 * i - 7]), tonumber(ARGV[3 * i - 6])
                local old = redis.call('LINDEX', KEYS[i], -usable)
                local wait = old and math.ceil(math.min(tonumber(old) + span - now, span) / 1000) or 0
                if wait > pause then bound, pause = i == 3 and 2 or 3, wait end
            end
            if pause > 0 then return {bound, pause, now} end
            for i = 3, #KEYS do
                redis.call('RPUSH', KEYS[i], string.format('%.0f', now))
                redis.call('LTRIM', KEYS[i], -tonumber(ARGV[3 * i - 8]), -1)
                redis.call('PEXPIRE', KEYS[i], math.ceil(tonumber(ARGV[3 * i - 6]) / 1000))
            end
            return {0, 0, now}
            """;

    /** A chat rests as long as Telegram said; the whole bot too where several chats are told so within a few seconds. */
    private static final String REST = """
            redis.call('SET', KEYS[2], '1', 'PX', ARGV[1])
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            redis.call('ZADD', KEYS[3], now, KEYS[2])
            redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now - ARGV[2])
            redis.call('PEXPIRE', KEYS[3], ARGV[2])
            if redis.call('ZCARD', KEYS[3]) >= tonumber(ARGV[3]) then redis.call('SET', KEYS[1], '1', 'PX', ARGV[1]) end
            return redis.call('ZCARD', KEYS[3])
            """;

    private final ReactiveRedisDataSource redis;
    private final String bot;

    @Inject
    SharedPace(ReactiveRedisDataSource redis, BotToken token) {
        this(redis, token.bot());
    }

    SharedPace(ReactiveRedisDataSource redis, long bot) {
        this.redis = redis;
        this.bot = KEY + bot + ":";
    }

    Uni<Draw> draw(Caps caps, Ask ask) {
        var limits = new ArrayList<Cap>(List.of(caps.all()));
        limits.addAll(caps.of(ask.group()));
        var keys = new ArrayList<>(List.of(bot + "rest", bot + "rest:" + ask.chat(), bot + "all"));
        keys.add(bot + "chat:" + ask.chat());
        if (ask.group()) {
            keys.add(bot + "group:" + ask.chat());
        }
        var arguments = new ArrayList<String>();
        limits.forEach(cap -> arguments.addAll(List.of(
                Integer.toString(cap.calls()),
                Integer.toString(cap.usable(ask.precedence())),
                Long.toString(cap.span().toNanos() / 1_000))));
        return eval(DRAW, keys, arguments).map(SharedPace::draw);
    }

    Uni<Void> rest(Ask ask, Duration pause) {
        return eval(
                        REST,
                        List.of(bot + "rest", bot + "rest:" + ask.chat(), bot + "resting"),
                        List.of(
                                Long.toString(pause.toMillis()),
                                Long.toString(Pace.SAME_FLOOD.toMillis()),
                                Integer.toString(Pace.CHATS_OF_A_FLOOD)))
                .replaceWithVoid();
    }

    private Uni<Response> eval(String script, List<String> keys, List<String> arguments) {
        var all = new ArrayList<>(List.of(script, Integer.toString(keys.size())));
        all.addAll(keys);
        all.addAll(arguments);
        return redis.execute("EVAL", all.toArray(String[]::new));
    }

    private static Draw draw(Response answer) {
        var bound = answer.get(0).toInteger();
        return bound == 0
                ? new Draw.Granted(answer.get(2).toLong())
                : new Draw.Waits(
                        Bound.values()[bound - 1],
                        Duration.ofMillis(answer.get(1).toLong()));
    }
}
