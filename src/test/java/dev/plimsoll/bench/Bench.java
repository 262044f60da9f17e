package dev.plimsoll.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The door of the benchmarks: the first argument names one; without it all the short ones run, one after the other. */
public final class Bench {
    private static final Map<String, Program> PROGRAMS = programs();

    private Bench() {}

    private static Map<String, Program> programs() {
        Map<String, Program> programs = new LinkedHashMap<>();
        programs.put("tick", new TickProgram());
        programs.put("rules", new RulesProgram());
        programs.put("what-if", new WhatIfProgram());
        programs.put("decide", new DecideProgram());
        programs.put("backtest", new BacktestProgram());
        programs.put("fan-out", new FanOutProgram());
        programs.put("start", new StartProgram());
        programs.put("load", new LoadProgram());
        programs.put("crash", new CrashProgram());
        programs.put("faults", new FaultBench());
        programs.put("pods", new PodsBench());
        programs.put("courier", new CourierProgram());
        programs.put("pending", new PendingProgram());
        programs.put("simulation", new SimulationProgram());
        programs.put("soak", new SoakProgram());
        return programs;
    }

    public static void main(String... args) throws Exception {
        var names = args.length == 0 ? shortOnes() : List.of(args[0]);
        for (var name : names) {
            if (!PROGRAMS.containsKey(name)) {
                System.err.println("There is no benchmark '" + name + "': say one of " + PROGRAMS.keySet() + ".");
                System.exit(2);
            }
        }
        var rest = List.copyOf(Arrays.asList(args).subList(Math.min(1, args.length), args.length));
        Report.machine();
        for (var name : names) {
            var report = new Report(name);
            PROGRAMS.get(name).run(report, rest);
            report.table();
        }
        System.exit(0); // a pool of a library may live on for a minute
    }

    private static List<String> shortOnes() {
        return PROGRAMS.keySet().stream()
                .filter(name -> PROGRAMS.get(name).isShort())
                .toList();
    }
}
