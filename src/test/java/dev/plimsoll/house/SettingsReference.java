package dev.plimsoll.house;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;

/** The reference of all settings, made from what their mappings say of themselves. */
final class SettingsReference {
    private static final String HEAD = """
        # Configuration

        Every setting there is, made from the code by a test; none is needed to begin. Give one as `--name=value` to `./plimsoll run`, as an environment
        variable (`plimsoll.pipeline.every` is `PLIMSOLL_PIPELINE_EVERY`: capitals, and `_` for each other sign), or in `config/application.properties` where
        you start it. A misspelt one keeps Plimsoll from starting, with the one that was meant. Durations are written `500ms`, `10s`, `15m`, `1h`
        or as ISO 8601 (`P2D`). In the chart they go below `settings`; secrets come by environment variables from a Secret. What to set first: [README](../../README.md);
        what to watch: [operations](operations.md).

        Settings of Quarkus may be given too, as `quarkus.http.port`, `quarkus.http.host` and `quarkus.log.category."dev.plimsoll".level`.
        """;

    private final DocTrees docs;
    private final Map<String, String> sections = new TreeMap<>();

    private SettingsReference(DocTrees docs) {
        this.docs = docs;
    }

    /** Of the sources below this folder. */
    static String of(Path folder) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var files = Sources.below(folder).files().stream()
                .filter(file -> file.toString().endsWith("Config.java"))
                .toList();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask)
                    compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
            var reference = new SettingsReference(DocTrees.instance(task));
            task.parse().forEach(reference::read);
            return HEAD + String.join("", reference.sections.values());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(CompilationUnitTree unit) {
        for (var type : unit.getTypeDecls()) {
            if (type instanceof ClassTree mapping) {
                value(mapping.getModifiers(), "ConfigMapping", "prefix").ifPresent(prefix -> {
                    var rows = new ArrayList<String>();
                    var path = TreePath.getPath(unit, mapping);
                    rows(prefix, mapping, path, rows);
                    rows.sort(Comparator.naturalOrder());
                    sections.put(
                            prefix,
                            "\n## %s\n\n%s\n\n| setting | default | |\n|---|---|---|\n%s\n"
                                    .formatted(prefix, doc(path), String.join("\n", rows)));
                });
            }
        }
    }

    private void rows(String prefix, ClassTree mapping, TreePath path, List<String> rows) {
        for (var member : mapping.getMembers()) {
            if (member instanceof MethodTree method && method.getBody() == null) {
                row(prefix, method, new TreePath(path, method), path, rows);
            }
        }
    }

    private void row(String prefix, MethodTree method, TreePath path, TreePath owner, List<String> rows) {
        var type = method.getReturnType().toString();
        var name = prefix + "." + kebab(method.getName().toString());
        var inner = type.startsWith("Map<") ? type.replaceFirst(".*,\\s*(\\w+)>$", "$1") : type;
        var group = nested(owner, inner);
        if (group.isPresent()) {
            var below = type.startsWith("Map<") ? name + ".<name>" : name;
            rows(below, (ClassTree) group.get().getLeaf(), group.get(), rows);
            return;
        }
        var standard = value(method.getModifiers(), "WithDefault", "value")
                .map("`%s`"::formatted)
                .orElse("");
        rows.add("| `%s` | %s | %s |".formatted(name, standard, doc(path).replace("|", "\\|")));
    }

    /** A group of settings that is declared beside, in this interface or one around it. */
    private static Optional<TreePath> nested(TreePath owner, String name) {
        for (var at = owner; at != null && at.getLeaf() instanceof ClassTree type; at = at.getParentPath()) {
            for (var member : type.getMembers()) {
                if (member instanceof ClassTree inner
                        && inner.getKind() == Tree.Kind.INTERFACE
                        && inner.getSimpleName().contentEquals(name)) {
                    return Optional.of(new TreePath(at, inner));
                }
            }
        }
        return Optional.empty();
    }

    private String doc(TreePath path) {
        return Optional.ofNullable(docs.getDocCommentTree(path))
                .map(DocCommentTree::getFullBody)
                .map(body -> body.stream().map(Object::toString).collect(Collectors.joining()))
                .orElse("")
                .replaceAll("\\s+", " ")
                .replaceAll("\\{@code ([^}]*)}", "`$1`")
                .replaceAll("\\{@link ([^}]*)}", "`$1`")
                .replaceAll("<p>", "")
                .replaceAll("</?(?:code|em|b)>", "`")
                .strip();
    }

    private static Optional<String> value(ModifiersTree modifiers, String annotation, String member) {
        return modifiers.getAnnotations().stream()
                .filter(one -> one.getAnnotationType().toString().equals(annotation))
                .flatMap(one -> one.getArguments().stream())
                .filter(argument -> argument instanceof AssignmentTree named
                        && named.getVariable().toString().equals(member))
                .map(argument -> ((AssignmentTree) argument).getExpression())
                .filter(LiteralTree.class::isInstance)
                .map(literal -> ((LiteralTree) literal).getValue().toString())
                .findFirst()
                .or(() -> alone(modifiers, annotation));
    }

    private static Optional<String> alone(ModifiersTree modifiers, String annotation) {
        return modifiers.getAnnotations().stream()
                .filter(one -> one.getAnnotationType().toString().equals(annotation))
                .map(AnnotationTree::getArguments)
                .flatMap(List::stream)
                .filter(LiteralTree.class::isInstance)
                .map(literal -> ((LiteralTree) literal).getValue().toString())
                .findFirst();
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
