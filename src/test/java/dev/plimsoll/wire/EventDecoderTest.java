package dev.plimsoll.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.wire.WireFailure.TooLarge;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventDecoderTest {
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void aLineEndsInEachOfTheThreeWays(String end) {
        assertThat(read("data: one" + end + end + "data:two" + end + end)).containsExactly("one", "two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void anEventIsTheSameWhereverItIsCut(String end) {
        var text = ": alive" + end + "event: price" + end + "data: {\"a\":" + end + "data: 1}" + end + end + ":" + end
                + end + "data: é" + end + end;
        var bytes = Buffer.buffer(text);
        for (var cut = 0; cut <= bytes.length(); cut++) {
            var decoder = new EventDecoder(100);
            var events = Stream.of(bytes.slice(0, cut), bytes.slice(cut, bytes.length()))
                    .flatMap(part -> decoder.read(part).stream())
                    .toList();

            assertThat(events).extracting(ServerEvent::type).containsExactly("price", "message");
            assertThat(events).extracting(event -> event.data().toString()).containsExactly("{\"a\":\n1}", "é");
        }
    }

    @Test
    void anEventWithoutItsEmptyLineHasNotCome() {
        assertThat(read("data: one\n\ndata: two\n")).containsExactly("one");
    }

    @Test
    void whatIsNoDataIsNoEvent() {
        assertThat(read("\n\n: comment\n\nid: 7\nretry: 1\nevent: x\n\nnonsense\n\n"))
                .isEmpty();
        assertThat(read("data\n\ndata:\n\ndata:  x\n\n")).containsExactly("", "", " x");
    }

    @Test
    void anEventIsAsLargeAsItMayBe() {
        var decoder = new EventDecoder(20);

        assertThat(decoder.read(Buffer.buffer("data: 01234567890123\n\n"))).hasSize(1);
        assertThat(decoder.read(Buffer.buffer("data: 01234567890123\n\n"))).hasSize(1);
        assertThatThrownBy(() -> decoder.read(Buffer.buffer("data: 012345678901234\n\n")))
                .isInstanceOf(TooLarge.class);
    }

    @Test
    void manyLinesOfOneEventAreLargeTogether() {
        var decoder = new EventDecoder(20);

        assertThatThrownBy(() -> decoder.read(Buffer.buffer("data: 0123\n".repeat(5))))
                .isInstanceOf(TooLarge.class);
    }

    private static List<String> read(String text) {
        return new EventDecoder(1_000)
                .read(Buffer.buffer(text)).stream()
                        .map(event -> event.data().toString())
                        .toList();
    }

    static Stream<byte[]> streams() {
        return Stream.of("event: price\ndata: 1\r\ndata: 2\r\r: still here\n\ndata\n\n", "data:" + "x".repeat(100))
                .map(stream -> stream.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("streams")
    @FuzzTest(maxDuration = "3s")
    void whateverComesIsEventsNoLargerThanTheyMayBe(byte[] stream) {
        try {
            assertThat(new EventDecoder(50).read(Buffer.buffer(stream)))
                    .allSatisfy(event -> assertThat(event.data().length()).isLessThanOrEqualTo(50));
        } catch (TooLarge refused) {
            assertThat(stream).hasSizeGreaterThan(50);
        }
    }
}
