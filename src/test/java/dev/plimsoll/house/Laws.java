package dev.plimsoll.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * The laws of the house, for the tree of packages under {@code root}.
 *
 * @param root {@code dev.plimsoll}, or a tree built to break them
 */
record Laws(String root) {

    /** In the order data flows: a package uses itself and those before it. */
    static final List<String> FLOW = List.of(
            "unit",
            "account",
            "wire",
            "chain",
            "oracle",
            "market",
            "risk",
            "position",
            "rule",
            "alert",
            "book",
            "delivery",
            "pipeline",
            "chat",
            "api",
            "ops");

    private static final Set<String> JUDGEMENT = Set.of("unit", "market", "risk", "position", "rule", "alert", "book");
    private static final String EDGE = ".*(Store|Row|Source|Config|Json)";
    private static final String EMPTY_NAME = ".*(Service|Impl|Manager|Helper|Utils?|Dto|DTO|Mapper)";
    private static final Set<String> WALL_CLOCKS = Set.of(
            "java.time.Instant",
            "java.time.LocalDate",
            "java.time.LocalTime",
            "java.time.LocalDateTime",
            "java.time.OffsetDateTime",
            "java.time.ZonedDateTime");

    ArchRule everyClassStandsInAPackageOfTheFlow() {
        return classes()
                .should()
                .resideInAnyPackage(FLOW.stream().map(this::in).toArray(String[]::new))
                .as("no strangers: every class stands in a package of the flow");
    }

    ArchRule dataFlowsOneWay() {
        var rules = FLOW.stream()
                .limit(FLOW.size() - 1L)
                .<ArchRule>map(name -> noClasses()
                        .that()
                        .resideInAPackage(in(name))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(after(name))
                        .allowEmptyShould(true)
                        .as(name + " uses nothing that comes after it"))
                .toList();
        return CompositeArchRule.of(rules);
    }

    ArchRule judgementIsPlainJava() {
        var plain = describe("the JDK and " + root, (JavaClass type) -> isPlain(type.getBaseComponentType()));
        var judges = describe("judgement, not an edge of it", (JavaClass type) -> judges(outermost(type)));
        return classes().that(judges).should().onlyDependOnClassesThat(plain).as("judgement is plain Java");
    }

    ArchRule nobodyNamesAnAdapter() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(root + ".*.source..", root + ".*.channel..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(root + ".*.source..", root + ".*.channel..")
                .as("nobody names an adapter");
    }

    ArchRule nothingWaits() {
        return noClasses()
                .should()
                .callCodeUnitWhere(target("that waits", Laws::waits))
                .as("nothing waits");
    }

    ArchRule nothingReadsTheWallClock() {
        return noClasses()
                .should()
                .callCodeUnitWhere(target("that reads the wall clock", Laws::readsTheWallClock))
                .as("time is the injected clock's");
    }

    /** And the doctor, who runs without the application. */
    ArchRule onlyTheLoopSubscribes() {
        return noClasses()
                .that()
                .doNotHaveFullyQualifiedName(root + ".pipeline.Loop")
                .and()
                .doNotHaveFullyQualifiedName(root + ".ops.check.Asking")
                .should()
                .callCodeUnitWhere(target("that subscribes", Laws::subscribes))
                .as("only pipeline.Loop subscribes");
    }

    ArchRule namesSayWhatAThingIs() {
        return noClasses().should().haveNameMatching(EMPTY_NAME).as("names say what a thing is");
    }

    ArchRule oneDoorOut() {
        var client = describe("an HTTP or WebSocket client", Laws::isClient);
        var makes = target("that makes a client", Laws::makesAClient);
        return noClasses()
                .that()
                .resideOutsideOfPackage(in("wire"))
                .should()
                .dependOnClassesThat(client)
                .orShould()
                .callCodeUnitWhere(makes)
                .as("one door out: only wire makes an HTTP or WebSocket client");
    }

    private String in(String name) {
        return root + "." + name + "..";
    }

    private String[] after(String name) {
        return FLOW.stream().skip(FLOW.indexOf(name) + 1L).map(this::in).toArray(String[]::new);
    }

    private boolean isPlain(JavaClass type) {
        return type.isPrimitive()
                || type.getPackageName().startsWith("java.")
                || type.getPackageName().startsWith(root);
    }

    private boolean judges(JavaClass type) {
        var path = type.getPackageName().substring(root.length()).split("\\.");
        return path.length > 1
                && JUDGEMENT.contains(path[1])
                && !type.getSimpleName().matches(EDGE);
    }

    private static JavaClass outermost(JavaClass type) {
        Optional<JavaClass> outer = type.getEnclosingClass();
        return outer.isPresent() ? outermost(outer.get()) : type;
    }

    private static DescribedPredicate<JavaCall<?>> target(String description, Predicate<CodeUnitCallTarget> wanted) {
        return describe(description, call -> wanted.test(call.getTarget()));
    }

    private static boolean waits(CodeUnitCallTarget called) {
        var owner = called.getOwner();
        return switch (called.getName()) {
            case "await", "awaitSuspending" -> !owner.getName().startsWith("dev.plimsoll");
            case "join" ->
                owner.isAssignableTo(Thread.class)
                        || owner.isAssignableTo(CompletableFuture.class)
                        || owner.isAssignableTo(ForkJoinTask.class);
            case "sleep" -> owner.isAssignableTo(Thread.class) || owner.isAssignableTo(TimeUnit.class);
            default -> called.getName().endsWith("AndAwait");
        };
    }

    private static boolean parks(CodeUnitCallTarget called) {
        return called.getOwner().isAssignableTo(LockSupport.class)
                && called.getName().startsWith("park");
    }

    private static boolean readsTheWallClock(CodeUnitCallTarget called) {
        var owner = called.getOwner().getName();
        var withoutClock = called.getRawParameterTypes().stream()
                .noneMatch(type -> type.getName().equals("java.time.Clock"));
        return called.getName().equals("now") && WALL_CLOCKS.contains(owner) && withoutClock
                || called.getName().equals("currentTimeMillis")
                || called.getName().equals("<init>") && owner.equals("java.util.Date") && withoutClock;
    }

    private static boolean subscribes(CodeUnitCallTarget called) {
        return called.getOwner().getPackageName().startsWith("io.smallrye.mutiny")
                && Set.of("subscribe", "subscribeAsCompletionStage").contains(called.getName());
    }

    private static boolean isClient(JavaClass type) {
        var name = type.getName();
        return name.startsWith("java.net.http.")
                || name.endsWith("URLConnection")
                || name.matches("io\\.vertx\\.(mutiny\\.)?ext\\.web\\.client\\..*")
                || name.matches(
                        "io\\.vertx\\.(mutiny\\.)?core\\.http\\.(HttpClient|WebSocketClient|WebSocketConnect).*")
                || name.startsWith("jakarta.ws.rs.client.")
                || name.startsWith("org.eclipse.microprofile.rest.client.")
                || name.startsWith("io.quarkus.rest.client.");
    }

    private static boolean makesAClient(CodeUnitCallTarget called) {
        var fromUrl = called.getOwner().getName().equals("java.net.URL");
        return fromUrl && Set.of("openConnection", "openStream", "getContent").contains(called.getName())
                || Set.of("createHttpClient", "createWebSocketClient", "httpClientBuilder", "webSocketClientBuilder")
                        .contains(called.getName());
    }
}
