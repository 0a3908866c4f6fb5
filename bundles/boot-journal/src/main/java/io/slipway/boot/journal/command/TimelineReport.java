package io.slipway.boot.journal.command;

import io.slipway.boot.BootEvent;
import io.slipway.boot.journal.Boot;
import io.slipway.boot.journal.Boots;
import io.slipway.boot.journal.EventText;
import io.slipway.boot.journal.Timeline;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.support.table.ShellTable;

/** Prints boots. */
final class TimelineReport {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    /** How soon it is noticed that nobody reads any more. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    /** Events that following sorts into boots before it forgets what the journal has forgotten. */
    static final int MOST_FOLLOWED = 20_000;

    private final Timeline timeline;
    private final PrintStream out;
    private final PrintStream console;

    /**
     * @param console what {@code out} ends in: it is flushed too, because the shell's pipe does not pass a flush on
     */
    TimelineReport(Timeline timeline, PrintStream out, PrintStream console) {
        this.timeline = timeline;
        this.out = out;
        this.console = console;
    }

    /** One line for each of the latest boots. */
    void summary(int count) {
        ShellTable table = new ShellTable().emptyTableText("No machine has booted yet.");
        table.column("Machine");
        table.column("Began");
        table.column("Last step");
        table.column("Files").alignRight();
        table.column("Size").alignRight();
        for (Boot boot : latest(Boots.of(timeline.events()).all(), count)) {
            table.addRow()
                    .addContent(
                            boot.machine(),
                            TIME.format(boot.began()),
                            boot.last().step(),
                            boot.files(),
                            EventText.size(boot.bytes()));
        }
        table.print(out);
    }

    /** The latest boots of a machine, step by step. */
    void boots(String machine, int count) {
        List<Boot> boots = Boots.of(timeline.events()).of(machine);
        if (boots.isEmpty()) {
            out.println("No boot of " + machine + " is in the journal.");
        }
        latest(boots, count).forEach(this::print);
    }

    private void print(Boot boot) {
        heading(boot.machine(), boot.began());
        boot.steps().forEach(event -> out.println(EventText.line(boot.began(), event)));
    }

    private void heading(String machine, Instant began) {
        out.println("Boot of " + machine + ", begun " + TIME.format(began));
        out.println(EventText.HEADING);
    }

    /**
     * The latest boots, then every event as it comes, until nobody reads any more.
     *
     * @throws InterruptedException somebody wants it to end
     */
    void follow(Optional<String> machine, int count) throws InterruptedException {
        Timeline.Slice slice = timeline.after(Timeline.BEGINNING, Duration.ZERO);
        Boots boots = Boots.of(slice.events());
        List<Boot> past = machine.map(boots::of).orElseGet(boots::all);
        latest(past, count).forEach(this::print);
        Optional<Boot> shown = count == 0 || past.isEmpty() ? Optional.empty() : Optional.of(past.get(past.size() - 1));
        int followed = 0;
        while (!out.checkError() && !console.checkError()) {
            if (followed > MOST_FOLLOWED) {
                boots = remembered(slice.last());
                followed = 0;
            }
            slice = timeline.after(slice.last(), PATIENCE);
            followed += slice.events().size();
            for (BootEvent event : slice.events()) {
                Boot boot = boots.place(event);
                if (machine.isEmpty() || machine.get().equals(boot.machine())) {
                    if (!shown.equals(Optional.of(boot))) {
                        heading(boot.machine(), boot.began());
                        shown = Optional.of(boot);
                    }
                    out.println(EventText.line(boot.began(), event));
                }
            }
            out.flush();
            console.flush();
        }
    }

    /** What the journal remembers up to an event: somebody may follow for weeks. */
    private Boots remembered(long last) throws InterruptedException {
        Timeline.Slice all = timeline.after(Timeline.BEGINNING, Duration.ZERO);
        long known = all.events().size() - (all.last() - last);
        return Boots.of(all.events().subList(0, (int) Math.max(0, known)));
    }

    private static List<Boot> latest(List<Boot> boots, int count) {
        return boots.subList(Math.max(0, boots.size() - count), boots.size());
    }
}
