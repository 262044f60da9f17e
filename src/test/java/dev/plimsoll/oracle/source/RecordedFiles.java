package dev.plimsoll.oracle.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** What all sources were recorded to say: where the fuzzing of each of them begins. */
final class RecordedFiles implements ArgumentsProvider {
    @Override
    public Stream<Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context)
            throws IOException, URISyntaxException {
        var wire = Path.of(RecordedFiles.class.getResource("/wire").toURI());
        try (var files = Files.walk(wire)) {
            return files.filter(Files::isRegularFile).map(RecordedFiles::bytes).toList().stream();
        }
    }

    private static Arguments bytes(Path file) {
        try {
            return Arguments.of((Object) Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
