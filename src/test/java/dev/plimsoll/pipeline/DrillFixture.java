package dev.plimsoll.pipeline;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/** Drills that are under way, and what time does to them. */
@Singleton
public class DrillFixture {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);
    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");

    @Inject
    Drills drills;

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    /** What is due is begun, and what runs goes on. */
    public void round() {
        drills.round().await().atMost(LONG_ENOUGH);
    }

    /** All that a running drill remembers lies so much longer ago. */
    public void passes(Duration time) {
        rows("update drill set started_at = started_at - interval '%d seconds'".formatted(time.toSeconds()));
        for (var id : rows("select id::text from alert where subject like 'drill:%'")) {
            var life =
                    rows("select life::text from alert where id = '" + id + "'").getFirst();
            var earlier = INSTANT.matcher(life)
                    .replaceAll(at -> Instant.parse(at.group()).minus(time).toString());
            engine.preparedQuery("update alert set life = $2::text::jsonb where id = $1::text::uuid")
                    .execute(Tuple.of(id, earlier))
                    .await()
                    .atMost(LONG_ENOUGH);
        }
    }

    /** The first column. */
    public List<String> rows(String sql) {
        return engine.query(sql).execute().await().atMost(LONG_ENOUGH).stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
