package dev.plimsoll.risk;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A test says in its name which worked examples it checks: {@code a01…}, {@code s05AndS06And…}. */
class EveryWorkedExampleTest {
    private static final Pattern ID = Pattern.compile("(?:^|And)([A-Za-z]\\d\\d)(?![a-z0-9])");

    @Test
    void isCheckedByATest() {
        var checked = new ClassFileImporter()
                .importPackages("dev.plimsoll").stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(Test.class))
                        .flatMap(method -> ids(method).stream())
                        .collect(Collectors.toSet());

        assertThat(checked)
                .containsAll(Example.all().stream().map(Example::id).toList())
                .hasSize(60);
    }

    @Test
    void namedInTheDocsExists() throws IOException {
        var docs = Files.readString(Path.of("src/docs/liquidation-arithmetic.md"));

        var named = Pattern.compile("`([A-Z]\\d\\d)`").matcher(docs).results().map(found -> found.group(1));

        assertThat(Example.all().stream().map(Example::id)).containsAll(named.toList());
    }

    private static Set<String> ids(JavaMethod test) {
        return ID.matcher(test.getName())
                .results()
                .map(MatchResult::group)
                .map(id -> id.replace("And", "").toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }
}
