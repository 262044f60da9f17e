package dev.plimsoll.delivery.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.delivery.telegram.RichText.Style;
import dev.plimsoll.telegram.Read;
import java.net.URI;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class RichTextTest {

    @Property
    void whateverUsersWriteReadsAsItIs(@ForAll @StringLength(max = 60) String words, @ForAll Style style) {
        var text = RichText.styled(style, words).plus(" & <b>").plus(RichText.bold(words));

        assertThat(Read.html(text.html())).isEqualTo(text.plain());
    }

    @Property
    void aCutTextIsWholeCharactersAndFits(
            @ForAll @StringLength(max = 40) String words, @ForAll @IntRange(min = 1, max = 60) int most) {
        var cut = RichText.bold(words).plus(words).cut(most);

        assertThat(cut.length()).isLessThanOrEqualTo(most);
        assertThat(cut.plain()).isEqualTo(Literal.of(cut.plain()));
        assertThat(RichText.of(cut.json())).isEqualTo(cut);
    }

    @Test
    void aCharacterOfFourBytesIsCutAsOne() {
        assertThat(RichText.plain("ab🦀cd").cut(4).plain()).isEqualTo("ab…");
        assertThat(RichText.plain("ab🦀cd").cut(5).plain()).isEqualTo("ab🦀…");
        assertThat(RichText.plain("ab🦀cd").cut(6).plain()).isEqualTo("ab🦀cd");
    }

    @Test
    void whatTelegramWouldDropOrRefuseIsNotSent() {
        assertThat(RichText.plain("a\u0000b\tc\r\nd\uD83De\u202Ef").plain()).isEqualTo("ab c\nd\uFFFDef");
        assertThat(RichText.plain("zero\u200Bwidth שלום").plain()).isEqualTo("zero\u200Bwidth שלום");
    }

    @Test
    void aLinkKeepsItsAddressWhole() {
        var text = RichText.link("page <1>", URI.create("https://x.example/?a=1&b=2"));

        assertThat(text.html()).isEqualTo("<a href=\"https://x.example/?a=1&amp;b=2\">page &lt;1&gt;</a>");
        assertThat(RichText.of(text.json())).isEqualTo(text);
    }

    @Test
    void linesStandBelowEachOther() {
        assertThat(RichText.lines(List.of(RichText.bold("a"), RichText.plain("b")))
                        .html())
                .isEqualTo("<b>a</b>\nb");
    }

    @Test
    void aMessageIsNeverLongerThanTelegramTakes() {
        var post = Post.of(Place.chat(1), RichText.plain("🦀".repeat(5_000)));

        assertThat(post.text().length()).isLessThanOrEqualTo(4_096).isGreaterThan(4_090);
    }
}
