package dev.plimsoll.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * A network namespace for every replica, as a pod has one, with three wires of its own: to the database, to Redis and to
 * everybody else. Needs root with NET_ADMIN and iproute2. All of it goes when it is closed, or with the namespaces.
 */
final class PodNetwork implements Network {
    private static final Pattern HERE = Pattern.compile("127\\.0\\.0\\.1:(\\d+)");
    private static final long PROCESS = ProcessHandle.current().pid();

    /** Nobody's: what is sent there is dropped by whoever gets it. */
    private static final String NOWHERE = "02:00:00:00:00:00";

    private final List<String> namespaces = new CopyOnWriteArrayList<>();
    private final Map<Integer, Relay> relays = new HashMap<>();

    private PodNetwork() {}

    /** Empty where the machine does not let us. */
    static Optional<Network> of(int pods) {
        var network = new PodNetwork();
        Runtime.getRuntime().addShutdownHook(new Thread(network::close)); // a namespace outlives who made it
        try {
            for (var pod = 0; pod < pods; pod++) {
                network.add(pod);
            }
            ip("netns exec %s true".formatted(namespace(0)));
            return Optional.of(network);
        } catch (IllegalStateException | UncheckedIOException refused) {
            System.out.println("pods: no network namespaces here (" + refused.getMessage() + ")");
            network.close();
            return Optional.empty();
        }
    }

    private void add(int pod) {
        ip("netns add " + namespace(pod));
        namespaces.add(namespace(pod));
        ip("-n %s link set lo up".formatted(namespace(pod)));
        for (var way : Way.values()) {
            var wire = wire(pod, way);
            ip("link add %s address %s type veth peer name %s address %s netns %s"
                    .formatted(wire, ourMac(pod, way), inside(way), podMac(pod, way), namespace(pod)));
            ip("addr add %s peer %s dev %s".formatted(ours(way), theirs(pod, way), wire));
            ip("link set %s up".formatted(wire));
            ip("-n %s addr add %s peer %s dev %s".formatted(namespace(pod), theirs(pod, way), ours(way), inside(way)));
            ip("-n %s link set %s up".formatted(namespace(pod), inside(way)));
            mend(pod, way);
        }
    }

    @Override
    public List<String> within(int replica) {
        return List.of("ip", "netns", "exec", namespace(replica));
    }

    @Override
    public String host(int replica) {
        return theirs(replica, Way.WORLD);
    }

    @Override
    public List<String> addresses(Way way) {
        return List.of("127.0.0.1", ours(way));
    }

    @Override
    public String seen(Way way, String text) {
        return HERE.matcher(text).replaceAll(found -> {
            if (way == Way.WORLD) {
                relays.computeIfAbsent(Integer.valueOf(found.group(1)), port -> Relay.of(ours(way), port));
            }
            return ours(way) + ":" + found.group(1);
        });
    }

    @Override
    public boolean canCut() {
        return true;
    }

    @Override
    public void cut(int replica, Way way) {
        neighbours(replica, way, NOWHERE, NOWHERE);
    }

    @Override
    public void mend(int replica, Way way) {
        neighbours(replica, way, ourMac(replica, way), podMac(replica, way));
    }

    /** Wires, addresses and neighbours go with the namespaces, which go when their processes have ended. */
    @Override
    public void close() {
        relays.values().forEach(Relay::close);
        for (var namespace : namespaces) {
            run(List.of("ip", "netns", "del", namespace));
        }
        namespaces.clear();
    }

    private void neighbours(int pod, Way way, String toUs, String toPod) {
        ip("-n %s neigh replace %s lladdr %s dev %s nud permanent"
                .formatted(namespace(pod), ours(way), toUs, inside(way)));
        ip("neigh replace %s lladdr %s dev %s nud permanent".formatted(theirs(pod, way), toPod, wire(pod, way)));
    }

    private static String namespace(int pod) {
        return "plimsoll-%d-%d".formatted(PROCESS, pod);
    }

    /** The name of our end: at most 15 characters. */
    private static String wire(int pod, Way way) {
        return "pl%x.%d%d".formatted(PROCESS, pod, way.ordinal());
    }

    private static String inside(Way way) {
        return way.name().toLowerCase(Locale.ROOT);
    }

    private static String ours(Way way) {
        return subnet(way) + ".1";
    }

    private static String theirs(int pod, Way way) {
        return subnet(way) + "." + (10 + pod);
    }

    /** Of the range for measuring networks (RFC 2544), which nobody routes. */
    private static String subnet(Way way) {
        return "198.18." + (PROCESS % 64 * 4 + way.ordinal());
    }

    private static String ourMac(int pod, Way way) {
        return "02:00:00:01:%02x:%02x".formatted(way.ordinal(), pod);
    }

    private static String podMac(int pod, Way way) {
        return "02:00:00:02:%02x:%02x".formatted(way.ordinal(), pod);
    }

    private static void ip(String arguments) {
        var command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments.split(" ")));
        run(command).ifPresent(complaint -> {
            throw new IllegalStateException(String.join(" ", command) + ": " + complaint);
        });
    }

    /** What it complains of, if it does. */
    private static Optional<String> run(List<String> command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.empty() : Optional.of(said.strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted at " + String.join(" ", command), e);
        }
    }
}
