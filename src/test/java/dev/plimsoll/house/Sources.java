package dev.plimsoll.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.tools.ToolProvider;

/** The source files below a folder, as the compiler's parser sees them. */
record Sources(List<Path> files) {

    /** @param lines from the signature to the closing brace, without javadoc and annotations above; a text block is one */
    record Method(String name, long lines) {}

    static Sources below(Path folder) {
        try (var walk = Files.walk(folder)) {
            return new Sources(
                    walk.filter(file -> file.toString().endsWith(".java")).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files of at least this many lines, with their number. */
    List<String> filesOfAtLeast(long lines) {
        return files.stream()
                .filter(file -> lines(file) >= lines)
                .map(file -> file + " has " + lines(file) + " lines")
                .toList();
    }

    /** Methods of at least this many lines. */
    List<Method> methodsOfAtLeast(long lines) {
        return methods().stream().filter(method -> method.lines() >= lines).toList();
    }

    private List<Method> methods() {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask)
                    compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
            var methods = new ArrayList<Method>();
            for (var unit : task.parse()) {
                new MethodScanner(unit, Trees.instance(task), methods).scan(unit, null);
            }
            return methods;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long lines(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class MethodScanner extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final Trees trees;
        private final List<Method> found;

        MethodScanner(CompilationUnitTree unit, Trees trees, List<Method> found) {
            this.unit = unit;
            this.trees = trees;
            this.found = found;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            if (method.getBody() != null) {
                var signature = method.getReturnType() == null ? method : method.getReturnType();
                var lines = line(method, false) - line(signature, true) + 1 - textBlocks(method);
                found.add(new Method(unit.getSourceFile().getName() + "#" + method.getName(), lines));
            }
            return super.visitMethod(method, nothing);
        }

        /** By how many lines its text blocks, SQL mostly, are longer than one each. */
        private long textBlocks(MethodTree method) {
            var longer = new AtomicLong();
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitLiteral(LiteralTree literal, Void nothing) {
                    longer.addAndGet(line(literal, false) - line(literal, true));
                    return nothing;
                }
            }.scan(method, null);
            return longer.get();
        }

        private long line(Tree tree, boolean first) {
            var positions = trees.getSourcePositions();
            return unit.getLineMap()
                    .getLineNumber(
                            first ? positions.getStartPosition(unit, tree) : positions.getEndPosition(unit, tree));
        }
    }
}
