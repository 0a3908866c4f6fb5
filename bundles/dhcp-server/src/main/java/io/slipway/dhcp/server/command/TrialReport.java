package io.slipway.dhcp.server.command;

import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.server.Trial;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;

/** Prints a trial step by step. */
final class TrialReport {

    private static final int BYTES_A_LINE = 16;
    private static final int SERVER_PORT = 67;

    private final PrintStream out;

    TrialReport(PrintStream out) {
        this.out = out;
    }

    /**
     * @param where the interface and the port, for people
     */
    void print(DhcpMessage request, String where, Trial trial) {
        out.println("This is a trial: nothing is sent, stored, learnt or counted.");
        out.println();
        out.println(MessageText.type(request) + " " + where);
        MessageText.lines(request).forEach(line -> out.println("  " + line));
        out.println();
        trial.steps().forEach(this::print);
        if (trial.answer().isEmpty()) {
            out.println("No reply: " + trial.dropReason().orElseThrow());
            return;
        }
        print(trial.steps(), trial.answer().get());
    }

    private void print(Trial.Step step) {
        out.println(step.handler() + ": " + verdict(step));
        step.reasons().forEach(reason -> out.println("    " + reason));
        MessageText.changes(step.before(), step.after()).forEach(change -> out.println("  " + change));
    }

    private static String verdict(Trial.Step step) {
        if (step.verdict().isEmpty()) {
            return "fails";
        }
        Verdict verdict = step.verdict().get();
        if (verdict instanceof Verdict.Drop drop) {
            return "no reply, " + drop.reason();
        }
        if (verdict instanceof Verdict.SkipTo other) {
            return "on to " + other.handler();
        }
        return verdict instanceof Verdict.Reply ? "this is the reply" : "next";
    }

    private void print(List<Trial.Step> steps, Trial.Answer answer) {
        if (!steps.isEmpty()) {
            List<String> changes =
                    MessageText.changes(steps.get(steps.size() - 1).after(), answer.message());
            if (!changes.isEmpty()) {
                out.println("what the client takes:");
                changes.forEach(change -> out.println("  " + change));
            }
        }
        out.println();
        out.println(MessageText.type(answer.message()) + " to " + destination(answer.destination()) + ", "
                + answer.bytes().length + " bytes");
        MessageText.lines(answer.message()).forEach(line -> out.println("  " + line));
        out.println();
        hex(answer.bytes());
    }

    private static String destination(InetSocketAddress to) {
        String address = to.getAddress().getHostAddress();
        String kind = address.equals("255.255.255.255")
                ? " (broadcast)"
                : to.getPort() == SERVER_PORT ? " (the relay agent)" : "";
        return address + ":" + to.getPort() + kind;
    }

    private void hex(byte[] bytes) {
        for (int at = 0; at < bytes.length; at += BYTES_A_LINE) {
            int end = Math.min(bytes.length, at + BYTES_A_LINE);
            StringBuilder text = new StringBuilder();
            for (int i = at; i < end; i++) {
                text.append(bytes[i] >= ' ' && bytes[i] <= '~' ? (char) bytes[i] : '.');
            }
            out.printf(
                    "  %04x  %-" + (BYTES_A_LINE * 3 - 1) + "s  %s%n",
                    at,
                    HexFormat.ofDelimiter(" ").formatHex(bytes, at, end),
                    text);
        }
    }
}
