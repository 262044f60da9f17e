package dev.plimsoll.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class KeysetTest {
    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    private final List<List<UUID>> pages = new ArrayList<>();

    @Test
    void everyRowIsReadOnceInOrderPageByPage() {
        var count = read(25_000, KeysetTest::id);

        assertThat(count).isEqualTo(25_000);
        assertThat(pages).extracting(List::size).filteredOn(size -> size > 0).containsExactly(10_000, 10_000, 5_000);
        assertThat(pages.stream().flatMap(List::stream).map(UUID::getLeastSignificantBits))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 25_000).boxed().toList());
    }

    @Test
    void aTableThatEndsWithAPageIsReadToItsEnd() {
        var count = read(20_000, KeysetTest::id);

        assertThat(count).isEqualTo(20_000);
        assertThat(pages).extracting(List::size).filteredOn(size -> size > 0).containsExactly(10_000, 10_000);
    }

    @Test
    void anEmptyTableHasNoRows() {
        assertThat(read(0, KeysetTest::id)).isZero();
        assertThat(pages).allMatch(List::isEmpty);
    }

    @Test
    void aRowThatCannotBeDecodedFailsTheReading() {
        assertThatThrownBy(() -> read(3, row -> {
                    throw new IllegalStateException("torn");
                }))
                .hasStackTraceContaining("torn");
    }

    private long read(int rows, Function<Row, UUID> decode) {
        var sql = """
                select id
                from (select lpad(to_hex(n), 32, '0')::uuid as id from generate_series(1, %d) n) t
                where id > $1
                order by id
                limit $2""".formatted(rows);
        return new Keyset<>(engine, sql, row -> Optional.of(decode.apply(row)))
                .forEach(pages::add)
                .await()
                .atMost(Duration.ofMinutes(1));
    }

    private static UUID id(Row row) {
        return row.getUUID("id");
    }
}
