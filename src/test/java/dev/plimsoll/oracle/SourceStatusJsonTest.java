package dev.plimsoll.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.oracle.SourceStatus.BreakerState;
import dev.plimsoll.oracle.SourceStatus.Latency;
import dev.plimsoll.oracle.SourceStatus.Silence;
import dev.plimsoll.oracle.SourceStatus.State;
import dev.plimsoll.oracle.SourceStatus.Stream;
import dev.plimsoll.oracle.SourceStatus.StreamState;
import dev.plimsoll.oracle.SourceStatus.Turn;
import dev.plimsoll.unit.Asset;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourceStatusJsonTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final SourceStatus BROKEN = new SourceStatus(
            "kraken",
            "kraken",
            "api.kraken.com",
            State.SILENT,
            Optional.of(new Silence(Reason.TIMED_OUT, "no answer within PT5S", NOON)),
            Optional.of(NOON.minusSeconds(60)),
            0.75,
            Optional.of(new Latency(Duration.ofMillis(5000), Duration.ofMillis(4200))),
            new Turn(
                    Duration.ofSeconds(2),
                    Optional.of(NOON.plusSeconds(30)),
                    BreakerState.OPEN,
                    Optional.of(NOON.plusSeconds(30))),
            3,
            Map.of(Reason.TIMED_OUT, 9L),
            Optional.empty(),
            Optional.of(new Stream(
                    StreamState.CLOSED,
                    Optional.of(NOON.minusSeconds(2)),
                    4,
                    Optional.of(new Silence(Reason.UNREACHABLE, "the connection was closed", NOON)))),
            List.of(new Asset("LPT"), new Asset("TAO")));
    private static final SourceStatus UNASKED = new SourceStatus(
            "okx",
            "okx",
            "www.okx.com",
            State.DEGRADED,
            Optional.empty(),
            Optional.empty(),
            0,
            Optional.empty(),
            new Turn(Duration.ZERO, Optional.empty(), BreakerState.CLOSED, Optional.empty()),
            0,
            Map.of(),
            Optional.of("it needs an API key: set plimsoll.oracle.sources.okx.key"),
            Optional.of(new Stream(StreamState.IDLE, Optional.empty(), 0, Optional.empty())),
            List.of());

    @Test
    void whatIsWrittenIsRead() {
        assertThat(SourceStatusJson.read(SourceStatusJson.write(BROKEN))).isEqualTo(BROKEN);
        assertThat(SourceStatusJson.read(SourceStatusJson.write(UNASKED))).isEqualTo(UNASKED);
    }

    @Test
    void aReasonOfALaterVersionIsLeftOut() {
        var json = SourceStatusJson.write(BROKEN);
        json.getJsonObject("lastSilence").put("reason", "solar-flare");
        json.getJsonObject("silences").put("solar-flare", 2);

        var read = SourceStatusJson.read(json);

        assertThat(read.lastSilence()).isEmpty();
        assertThat(read.silences()).containsOnlyKeys(Reason.TIMED_OUT);
    }
}
