package dev.plimsoll.ops.log;

import dev.plimsoll.unit.Discreet;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may stand in a log of a text: the second wall, behind never saying it. Goes by the form of what is secret or private,
 * so that it holds for what a library says, too; a name that nothing marks as one it cannot know.
 */
final class Redaction {
    private static final String GONE = "…";

    /** Our own API keys, sessions and links; webhook secrets; bots' tokens; JSON web tokens; Slack's, GitHub's and PagerDuty's. */
    private static final String TOKEN = "plm_[0-9A-Za-z]{6,}|whsec_[0-9A-Za-z+/=_-]{6,}|\\b\\d{6,12}:[0-9A-Za-z_-]{30,}"
            + "|\\beyJ[0-9A-Za-z_-]{8,}\\.[0-9A-Za-z_-]+\\.[0-9A-Za-z_-]*|\\bxox[a-z]-[0-9A-Za-z-]{8,}|\\bgh[a-z]_[0-9A-Za-z]{20,}";

    /** 32 bytes in hex, Bitcoin's WIF, an extended private key, 64 bytes in base58. */
    private static final String PRIVATE_KEY = "(?<![0-9A-Za-z])(?:0x)?[0-9a-fA-F]{64}(?![0-9a-fA-F])"
            + "|\\b[5KL][1-9A-HJ-NP-Za-km-z]{50,51}\\b|\\b[xyz]prv[1-9A-HJ-NP-Za-km-z]{80,}|\\b[1-9A-HJ-NP-Za-km-z]{87,88}\\b";

    private static final String ARMOURED =
            "-----BEGIN [A-Z ]*PRIVATE KEY-----(?s:.*?)(?:-----END [A-Z ]*PRIVATE KEY-----|$)";

    /** What stands behind a word that ends so, in quotes or without. */
    private static final Pattern NAMED = Pattern.compile(
            "(?i)((?:password|passwd|secret|token|api-?_?key|routing-?_?key|master-?_?key|private-?_?key"
                    + "|mnemonic|seed|authorization|cookie|passphrase)[\"']?\\s*[=:]\\s*)"
                    + "(?:(?:bearer|basic)\\s+)?(?:\"[^\"]*\"|'[^']*'|[^\\s,;&}\\])]+)");

    private static final Pattern NAME = Pattern.compile(
            "(?i)(\\b(?:name|label|buddy|email|chat)\\s*[=:]\\s*)(?:\"[^\"]*\"|'[^']*'|[^\\s,;&}\\])]+)");
    private static final Pattern SCHEME = Pattern.compile("(?i)\\b(bearer|basic)\\s+[0-9A-Za-z+/=_.~-]{8,}");
    private static final Pattern SECRET = Pattern.compile(ARMOURED + "|" + TOKEN + "|" + PRIVATE_KEY);

    /** Of a URL its scheme, host and port are shown. */
    private static final Pattern URL = Pattern.compile(
            "(?i)\\b((?:https?|wss?|rediss?|smtps?|(?:jdbc:)?postgres(?:ql)?)://)(?:[^\\s/@\"'<>]*@)?([^\\s/?#\"'<>,;)]+)([/?#][^\\s\"'<>,;)]*)?");

    private static final Pattern MAIL =
            Pattern.compile("(?<![\\w.+-])[\\w.+-]{1,64}@((?:[\\w-]{1,63}\\.){1,8}[A-Za-z]{2,24})\\b");
    private static final Pattern CONTROL =
            Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]");

    private static final List<UnaryOperator<String>> STEPS = List.of(
            text -> SECRET.matcher(text).replaceAll(GONE),
            text -> NAMED.matcher(text).replaceAll("$1" + GONE),
            text -> NAME.matcher(text).replaceAll("$1" + GONE),
            text -> SCHEME.matcher(text).replaceAll("$1 " + GONE),
            text -> URL.matcher(text).replaceAll(Redaction::place),
            text -> MAIL.matcher(text).replaceAll(GONE + "@$1"),
            Discreet::shortened);

    private Redaction() {}

    /** On one line: what would begin another is shown as an escape. */
    static String of(String text) {
        var shown = text;
        for (var step : STEPS) {
            shown = step.apply(shown);
        }
        return CONTROL.matcher(shown).replaceAll(Redaction::escaped);
    }

    private static String place(MatchResult url) {
        var rest = url.group(3) == null || url.group(3).equals("/") ? "" : "/" + GONE;
        return Matcher.quoteReplacement(url.group(1) + url.group(2) + rest);
    }

    private static String escaped(MatchResult control) {
        return switch (control.group().charAt(0)) {
            case '\n' -> "\\\\n";
            case '\r' -> "\\\\r";
            case '\t' -> " ";
            default -> "\\\\u%04x".formatted((int) control.group().charAt(0));
        };
    }
}
