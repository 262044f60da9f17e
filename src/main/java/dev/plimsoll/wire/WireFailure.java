package dev.plimsoll.wire;

import java.time.Duration;

/**
 * Why a call got no answer. Expected: callers turn it into their own outcome.
 *
 * <p>Messages are sentences of ours and never hold a URL, a header or what the other side sent, so they may be stored
 * and shown. There is no cause and no stack trace for the same reason.
 */
public abstract sealed class WireFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private WireFailure(String message) {
        super(message, null, false, false);
    }

    /** The answer was not complete at the deadline. */
    public static final class TimedOut extends WireFailure {
        private static final long serialVersionUID = 1L;

        public TimedOut(Duration deadline) {
            super("no complete answer within " + deadline.toMillis() + " ms");
        }
    }

    /** No connection, or it broke: refused, unknown name, reset, closed half-way. */
    public static final class Unreachable extends WireFailure {
        private static final long serialVersionUID = 1L;

        public Unreachable(String why) {
            super(why);
        }
    }

    /** The handshake failed: name, authority or validity of the certificate, or no TLS at all. */
    public static final class TlsFailed extends WireFailure {
        private static final long serialVersionUID = 1L;

        public TlsFailed(String why) {
            super(why);
        }
    }

    /** The body is longer than we read. */
    public static final class TooLarge extends WireFailure {
        private static final long serialVersionUID = 1L;

        public TooLarge(int bodyBytes) {
            super("the answer is larger than " + bodyBytes + " bytes");
        }
    }

    /** What came is not HTTP we accept: oversized headers, nonsense, compression nobody asked for. */
    public static final class BadAnswer extends WireFailure {
        private static final long serialVersionUID = 1L;

        public BadAnswer(String why) {
            super(why);
        }
    }

    /** The guard does not let us call this URL; the message says what to change. */
    public static final class Forbidden extends WireFailure {
        private static final long serialVersionUID = 1L;

        public Forbidden(String why) {
            super(why);
        }
    }

    /** Asked for a stream of events, the other side answered something else: an error, a redirect. */
    public static final class NoStream extends WireFailure {
        private static final long serialVersionUID = 1L;

        private final transient Reply reply;

        public NoStream(Reply reply) {
            super("it answered HTTP " + reply.status() + " instead of a stream");
            this.reply = reply;
        }

        /** Without its body. */
        public Reply reply() {
            return reply;
        }
    }
}
