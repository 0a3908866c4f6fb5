package io.slipway.dhcp.server.command;

import io.slipway.dhcp.server.DhcpTrials;
import io.slipway.dhcp.server.capture.BrokenCaptureException;
import io.slipway.dhcp.server.capture.CapturedDatagram;
import io.slipway.dhcp.server.capture.PcapReader;
import io.slipway.sockets.DatagramDoor;
import io.slipway.sockets.Doors;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.Inet4Address;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

/** {@code dhcp:replay FILE}. */
@Service
@Command(
        scope = "dhcp",
        name = "replay",
        description = "Shows which requests of a capture would be answered differently now, and how; nothing is sent,"
                + " stored, learnt or counted")
public final class ReplayCommand implements Action {

    @Argument(name = "FILE", description = "A pcap file, on the server, as 'tcpdump -w' writes it", required = true)
    @Completion(CaptureFileCompleter.class)
    String file;

    @Argument(index = 1, name = "FLAGS", description = "The flags, if they do not stand before", multiValued = true)
    List<String> late = new ArrayList<>();

    @Option(
            name = "--interface",
            aliases = "--link",
            description = "The server's interface where the requests come in; needed when there are several")
    @Completion(LinkCompleter.class)
    String link;

    @Option(
            name = "--instead-of",
            description = "The DHCP server of the capture whose place this one takes: what was sent to it is sent to"
                    + " this one, and its replies are what is compared")
    String insteadOf;

    @Option(name = "--all", description = "Show also what would be answered as captured")
    boolean showsAll;

    @Reference
    DhcpTrials trials;

    @Reference
    Doors doors;

    PrintStream out = System.out;

    @Override
    public Object execute() throws CommandException {
        readLate();
        DatagramDoor dhcp = TrialDoors.of(doors, TrialDoors.DHCP, Optional.ofNullable(link));
        String name = dhcp.link().name();
        Optional<DatagramDoor> pxe = TrialDoors.links(doors, TrialDoors.PXE).contains(name)
                ? Optional.of(TrialDoors.of(doors, TrialDoors.PXE, Optional.of(name)))
                : Optional.empty();
        Optional<Inet4Address> other = FlagText.address("--instead-of", insteadOf);
        Replay replay = new Replay(trials, new Replay.Scene(dhcp, pxe, other, showsAll), out);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(Path.of(file)))) {
            PcapReader capture = new PcapReader(in);
            read(capture, replay);
        } catch (NoSuchFileException e) {
            throw new CommandException("there is no file " + file + " on the server", e);
        } catch (BrokenCaptureException e) {
            throw new CommandException(file + ": " + e.getMessage(), e);
        } catch (IOException | InvalidPathException e) {
            throw new CommandException(file + " cannot be read: " + e, e);
        }
        return null;
    }

    /** What comes before a break in the file is shown. */
    private static void read(PcapReader capture, Replay replay) throws IOException {
        try {
            for (Optional<CapturedDatagram> next = capture.next(); next.isPresent(); next = capture.next()) {
                replay.take(next.get());
            }
        } finally {
            replay.end();
            replay.summarize(capture.packets(), capture.incomplete());
        }
    }

    /** The shell itself takes flags only before the first argument. */
    private void readLate() throws CommandException {
        for (Iterator<String> words = late.iterator(); words.hasNext(); ) {
            String word = words.next();
            if (word.equals("--all")) {
                showsAll = true;
            } else if (!List.of("--interface", "--link", "--instead-of").contains(word)) {
                throw new CommandException("'" + word + "'; expected one of --all, --instead-of, --interface");
            } else if (!words.hasNext()) {
                throw new CommandException(word + " needs a value");
            } else if (word.equals("--instead-of")) {
                insteadOf = words.next();
            } else {
                link = words.next();
            }
        }
    }
}
