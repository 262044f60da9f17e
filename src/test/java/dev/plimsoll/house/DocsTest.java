package dev.plimsoll.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What the documents say of the code is so. */
class DocsTest {
    private static final List<Path> DOCS = docs();

    /** A block below a line that names a file. */
    private static final Pattern QUOTE =
            Pattern.compile("\\[`(src/[^`]+)`]\\([^)]+\\)\n\n```\\w+\n(.*?)```", Pattern.DOTALL);

    private static final Pattern LINK = Pattern.compile("]\\((?!https?:|#)([^)#]+)[^)]*\\)");

    private static List<Path> docs() {
        try (var longer = Files.list(Path.of("src/docs"))) {
            return Stream.concat(
                            Stream.of(Path.of("README.md")),
                            longer.filter(file -> file.toString().endsWith(".md")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @FieldSource("DOCS")
    void codeThatNamesItsFileIsAPartOfIt(Path doc) {
        assertThat(quotes(doc))
                .allSatisfy(quote -> assertThat(text(Path.of(quote.group(1))))
                        .as(quote.group(1))
                        .contains(quote.group(2)));
    }

    @Test
    void howToAddASourceShowsAWholeSourceItsIdentifierAndItsTest() {
        assertThat(quotes(Path.of("src/docs/adding-a-source.md"))).hasSize(3);
        assertThat(quotes(Path.of("src/docs/adding-a-source.md")).getFirst().group(2))
                .isEqualTo(text(Path.of("src/main/java/dev/plimsoll/oracle/source/Bitstamp.java")));
    }

    @Test
    void howToAddAChannelShowsItsFieldsItsTemplateItsSendingItsTestAndAWholeFormat() {
        var quotes = quotes(Path.of("src/docs/adding-a-channel.md"));

        assertThat(quotes).hasSize(5);
        assertThat(quotes.getLast().group(2))
                .isEqualTo(text(Path.of("src/main/java/dev/plimsoll/delivery/channel/StandardFormat.java")));
    }

    @ParameterizedTest
    @FieldSource("DOCS")
    void whatIsLinkedIsThere(Path doc) {
        var links = LINK.matcher(text(doc)).results().map(link -> link.group(1)).toList();

        assertThat(links)
                .isNotEmpty()
                .allSatisfy(
                        link -> assertThat(doc.resolveSibling(link).normalize()).exists());
    }

    private static List<MatchResult> quotes(Path doc) {
        return QUOTE.matcher(text(doc)).results().toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
