package dev.plimsoll.api.stream;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Hands the response to the streams, as a file's writer hands it to the file: it ends later, and nothing of the request is
 * kept for it.
 */
@Provider
public class OpeningWriter implements ServerMessageBodyWriter<Opening> {
    private final Streams streams;

    OpeningWriter(Streams streams) {
        this.streams = streams;
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, ResteasyReactiveResourceInfo target, MediaType media) {
        return type == Opening.class;
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return type == Opening.class;
    }

    @Override
    public void writeResponse(Opening opening, Type generic, ServerRequestContext context) {
        streams.open(opening);
    }

    @Override
    public void writeTo(
            Opening opening,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, Object> headers,
            OutputStream out) {
        throw new IllegalStateException("a stream is written by its server, not into memory");
    }
}
