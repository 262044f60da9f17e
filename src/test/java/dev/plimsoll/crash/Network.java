package dev.plimsoll.crash;

import java.util.List;

/** Where replicas run, and how they reach what listens on this machine's loopback. */
interface Network extends AutoCloseable {
    /** What a replica reaches: its database, its Redis, and everybody else (price sources, receivers). */
    enum Way {
        DATABASE,
        REDIS,
        WORLD
    }

    /** What stands before the command of a replica, the first of which is 0. */
    List<String> within(int replica);

    /** Where it is reached from here. */
    String host(int replica);

    /** Our addresses on this way, which a server listens on. */
    List<String> addresses(Way way);

    /** What listens on {@code 127.0.0.1:<port>} here, as replicas name it. */
    String seen(Way way, String text);

    /** Whether packets can be dropped. */
    boolean canCut();

    /** From now on every packet of a replica on this way is lost, in both directions, without a word. */
    void cut(int replica, Way way);

    void mend(int replica, Way way);

    @Override
    void close();

    /** All on this machine's loopback: nothing can be cut. */
    static Network loopback() {
        return new Network() {
            @Override
            public List<String> within(int replica) {
                return List.of();
            }

            @Override
            public String host(int replica) {
                return "127.0.0.1";
            }

            @Override
            public List<String> addresses(Way way) {
                return List.of("127.0.0.1");
            }

            @Override
            public String seen(Way way, String text) {
                return text;
            }

            @Override
            public boolean canCut() {
                return false;
            }

            @Override
            public void cut(int replica, Way way) {
                throw new UnsupportedOperationException("nothing can be cut on the loopback");
            }

            @Override
            public void mend(int replica, Way way) {}

            @Override
            public void close() {}
        };
    }
}
