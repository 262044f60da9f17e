package dev.plimsoll.crash;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Recognisable values that were given in secret, and the search for them: as they are, in base64, in hex and URL-encoded. */
final class Canaries {
    private static final int SHORTEST = 6;

    private final Map<String, String> values = new LinkedHashMap<>();

    /** One way in which a value may be written. */
    private record Form(String name, String encoding, byte[] bytes) {}

    /** @return the value */
    String plant(String name, String value) {
        if (value.length() < SHORTEST) {
            throw new IllegalArgumentException(name + " is too short to be recognised");
        }
        values.put(name, value);
        return value;
    }

    Set<String> names() {
        return values.keySet();
    }

    /** What of them stands there: {@code API key as base64 in the log}. */
    List<String> in(String place, String text) {
        return in(place, text.getBytes(StandardCharsets.UTF_8));
    }

    List<String> in(String place, byte[] there) {
        return new Search()
                .of(there).stream()
                        .map(form -> form.name() + " as " + form.encoding() + " in " + place)
                        .distinct()
                        .toList();
    }

    private List<Form> forms() {
        var forms = new ArrayList<Form>();
        values.forEach((name, value) -> {
            var bytes = value.getBytes(StandardCharsets.UTF_8);
            add(forms, name, "text", value);
            add(forms, name, "URL-encoded", URLEncoder.encode(value, StandardCharsets.UTF_8));
            add(forms, name, "hex", HexFormat.of().formatHex(bytes));
            add(forms, name, "hex", HexFormat.of().withUpperCase().formatHex(bytes));
            for (var offset = 0; offset < 3; offset++) {
                add(forms, name, "base64", inner(bytes, offset, Base64.getEncoder()));
                add(forms, name, "base64", inner(bytes, offset, Base64.getUrlEncoder()));
            }
        });
        return forms;
    }

    private static void add(List<Form> forms, String name, String encoding, String written) {
        forms.add(new Form(name, encoding, written.getBytes(StandardCharsets.UTF_8)));
    }

    /** What is the same whatever stands before and after: the value begins so many bytes into a group of three. */
    private static String inner(byte[] value, int offset, Base64.Encoder encoder) {
        var padded = new byte[offset + value.length];
        System.arraycopy(value, 0, padded, offset, value.length);
        var written = encoder.withoutPadding().encodeToString(padded);
        var from = (offset * 8 + 5) / 6;
        var to = padded.length * 8 / 6;
        return written.substring(from, to);
    }

    /** All of them in one pass: most places are told by their first two bytes. */
    private final class Search {
        private final BitSet beginnings = new BitSet(1 << 16);
        private final Map<Integer, List<Form>> byBeginning = new HashMap<>();

        Search() {
            for (var form : forms()) {
                var beginning = pair(form.bytes(), 0);
                beginnings.set(beginning);
                byBeginning.computeIfAbsent(beginning, any -> new ArrayList<>()).add(form);
            }
        }

        Set<Form> of(byte[] there) {
            var found = new LinkedHashSet<Form>();
            for (var at = 0; at + SHORTEST <= there.length; at++) {
                var beginning = pair(there, at);
                if (beginnings.get(beginning)) {
                    for (var form : byBeginning.get(beginning)) {
                        if (stands(form.bytes(), there, at)) {
                            found.add(form);
                        }
                    }
                }
            }
            return found;
        }

        private static boolean stands(byte[] form, byte[] there, int at) {
            if (at + form.length > there.length) {
                return false;
            }
            for (var i = 2; i < form.length; i++) {
                if (there[at + i] != form[i]) {
                    return false;
                }
            }
            return true;
        }

        private static int pair(byte[] bytes, int at) {
            return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
        }
    }
}
