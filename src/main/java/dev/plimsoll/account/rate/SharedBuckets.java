package dev.plimsoll.account.rate;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Buckets in Redis, which all replicas share. Times are Redis's own. */
@ApplicationScoped
class SharedBuckets {
    /** A clock that is set back neither empties nor fills a bucket. Answers granted and tokens left, bucket by bucket. */
    private static final String DRAW = """
            local time = redis.call('TIME')
            local now = time[1] * 1000 + time[2] / 1000
            local answer = {}
            for i, name in ipairs(KEYS) do
                local capacity, refill = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
                local seen = redis.call('HMGET', name, 'tokens', 'at')
                local grown = math.max(0, now - (tonumber(seen[2]) or now)) * refill
                local tokens = math.min(capacity, (tonumber(seen[1]) or capacity) + grown)
                local granted = 0
                if tokens >= 1 then tokens, granted = tokens - 1, 1 end
                redis.call('HSET', name, 'tokens', tostring(tokens), 'at', tostring(now))
                redis.call('PEXPIRE', name, math.ceil((capacity - tokens) / refill) + 1000)
                answer[2 * i - 1], answer[2 * i] = granted, tostring(tokens)
            end
            return answer
            """;

    private final ReactiveRedisDataSource redis;

    SharedBuckets(ReactiveRedisDataSource redis) {
        this.redis = redis;
    }

    Uni<List<Draw>> draw(List<Bucket> buckets) {
        var arguments = new ArrayList<>(List.of(DRAW, Integer.toString(buckets.size())));
        buckets.forEach(bucket -> arguments.add("plimsoll:bucket:" + bucket.name() + ':' + bucket.whose()));
        buckets.forEach(bucket -> {
            arguments.add(Integer.toString(bucket.capacity()));
            arguments.add(Double.toString(bucket.refillPerMilli()));
        });
        return redis.execute("EVAL", arguments.toArray(String[]::new)).map(answer -> draws(buckets, answer));
    }

    private static List<Draw> draws(List<Bucket> buckets, Response answer) {
        return IntStream.range(0, buckets.size())
                .mapToObj(i -> Draw.of(
                        buckets.get(i),
                        answer.get(2 * i).toInteger() == 1,
                        Double.parseDouble(answer.get(2 * i + 1).toString())))
                .toList();
    }
}
