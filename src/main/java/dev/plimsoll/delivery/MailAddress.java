package dev.plimsoll.delivery;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A mail address in the one form in which it is kept and sent: ASCII, its domain in small letters, a name in another script
 * as {@code xn--…}. What stands before the @ keeps its case, as some servers tell cases apart. Private.
 *
 * <p>A domain or part that means something to a mail server only, such as a quoted part or an address literal, is none here.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2">RFC 5321, 4.1.2</a>
 */
public record MailAddress(String local, String domain) {
    private static final int MAX_LOCAL = 64;
    private static final int MAX_ADDRESS = 254;
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final Pattern LOCAL = Pattern.compile(ATOM + "(\\." + ATOM + ")*");
    private static final Pattern DOMAIN =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+(?!\\d+$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** The JDK's mapping (IDNA 2003) leads these to another domain than today's registries (IDNA 2008) do. */
    private static final Pattern AMBIGUOUS = Pattern.compile("[\\u00df\\u1e9e\\u03c2\\u200c\\u200d]");

    public MailAddress {
        if (!LOCAL.matcher(local).matches() || !DOMAIN.matcher(domain).matches()) {
            throw new IllegalArgumentException("this is no mail address in the form that is kept");
        }
    }

    /** As people write it, with any space around it; empty where it cannot be used, see {@link #fault}. */
    public static Optional<MailAddress> parse(String written) {
        return fault(written).isEmpty() ? Optional.of(read(written)) : Optional.empty();
    }

    /** Why it cannot be used, as a sentence; empty where it can. */
    public static String fault(String written) {
        var address = written.strip();
        var at = address.lastIndexOf('@');
        if (at < 1 || AMBIGUOUS.matcher(address.substring(at)).find()) {
            return at < 1
                    ? "Expected a mail address, such as \"ada@example.org\"."
                    : "Write this domain as its registry does, as xn--…: its letters lead to two different domains.";
        }
        if (address.substring(0, at).chars().anyMatch(letter -> letter > 127)) {
            return "Before the @ only ASCII letters can stand: few mail servers take others. Most providers give such a"
                    + " mailbox a second address in ASCII.";
        }
        return fits(address.substring(0, at), domain(address.substring(at + 1)))
                ? ""
                : "Expected a mail address, such as \"ada@example.org\".";
    }

    private static boolean fits(String local, String domain) {
        return local.length() <= MAX_LOCAL
                && local.length() + 1 + domain.length() <= MAX_ADDRESS
                && LOCAL.matcher(local).matches()
                && DOMAIN.matcher(domain).matches();
    }

    private static MailAddress read(String written) {
        var address = written.strip();
        var at = address.lastIndexOf('@');
        return new MailAddress(address.substring(0, at), domain(address.substring(at + 1)));
    }

    /** In ASCII; empty where that cannot be. */
    private static String domain(String written) {
        try {
            return IDN.toASCII(written, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException none) {
            return "";
        }
    }

    /** The whole address. */
    public String value() {
        return local + "@" + domain;
    }

    /** What may be shown of it: {@code a…@example.org}. */
    public String shown() {
        return local.substring(0, 1) + "…@" + domain;
    }

    /** Never the mailbox. */
    @Override
    public String toString() {
        return shown();
    }
}
