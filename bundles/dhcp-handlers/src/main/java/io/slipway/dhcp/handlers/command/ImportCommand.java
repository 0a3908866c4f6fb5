package io.slipway.dhcp.handlers.command;

import io.slipway.boot.Machine;
import io.slipway.boot.Machines;
import io.slipway.dhcp.handlers.ConfigurationTrial;
import io.slipway.dhcp.handlers.ConfiguredSite;
import io.slipway.dhcp.handlers.LeaseIntake;
import io.slipway.dhcp.handlers.Network;
import io.slipway.dhcp.handlers.NetworkFiles;
import io.slipway.dhcp.handlers.migration.BrokenFileException;
import io.slipway.dhcp.handlers.migration.ConfigurationFolder;
import io.slipway.dhcp.handlers.migration.OtherServer;
import io.slipway.dhcp.handlers.migration.Site;
import io.slipway.dhcp.handlers.migration.SiteFile;
import io.slipway.dhcp.handlers.migration.SiteNetwork;
import io.slipway.dhcp.handlers.migration.SiteWriter;
import io.slipway.dhcp.handlers.migration.Source;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Inet4Address;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.FileCompleter;

/** {@code dhcp:import FILE… --from isc|dnsmasq|kea [--leases FILE] [--to FOLDER | --apply]}. */
@Service
@Command(
        scope = "dhcp",
        name = "import",
        description =
                "Translates the configuration of another DHCP server, and takes over its leases. Writes files into"
                        + " a folder, to be looked at, and says what it could not translate; with --apply into etc/, and the"
                        + " leases are this server's own then")
public final class ImportCommand implements Action {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneId.systemDefault());

    @Argument(
            name = "FILE",
            description = "Configuration files of the other server, on this server's disk",
            multiValued = true)
    @Completion(FileCompleter.class)
    List<String> words = new ArrayList<>();

    @Option(name = "--from", description = "Which server it was: isc, dnsmasq or kea")
    @Completion(OtherServerCompleter.class)
    String from;

    @Option(name = "--leases", description = "Its file of leases; live ones count", multiValued = true)
    @Completion(FileCompleter.class)
    List<String> leaseFiles = new ArrayList<>();

    @Option(name = "--to", description = "The folder to write to. Default: a new one in the data directory")
    String to;

    @Option(name = "--apply", description = "Put the files into etc/ and take the leases")
    boolean isApplied;

    @Option(name = "--force", description = "Replace files that are there; each stays beside as NAME.before-import")
    boolean isForced;

    @Reference
    NetworkFiles networks;

    @Reference
    ConfiguredSite configured;

    @Reference
    LeaseIntake intake;

    @Reference(optional = true)
    Machines machines;

    PrintStream out = System.out;

    @Override
    public Object execute() throws CommandException, IOException, InterruptedException {
        List<String> files = LateFlags.read(
                words,
                Map.of(
                        "--from", text -> from = text,
                        "--leases", leaseFiles::add,
                        "--to", text -> to = text),
                Map.of("--apply", () -> isApplied = true, "--force", () -> isForced = true));
        OtherServer server = Optional.ofNullable(from)
                .flatMap(OtherServer::named)
                .orElseThrow(() -> new CommandException(
                        "expected --from " + String.join(", ", OtherServer.names()) + ", one of these"));
        if (files.isEmpty() && leaseFiles.isEmpty()) {
            throw new CommandException("expected a FILE, or --leases FILE");
        }
        if (isApplied && to != null) {
            throw new CommandException("--apply writes into etc/; leave --to out");
        }
        Site site = read(server, files);
        List<SiteFile> configuration = SiteWriter.configuration(site);
        List<String> problems = new ArrayList<>(ConfigurationTrial.problems(configuration, networks));
        if (!isForced) {
            problems.addAll(knownMachines(site));
        }
        return isApplied ? apply(site, configuration, problems) : review(server, site, configuration, problems);
    }

    private Site read(OtherServer server, List<String> files) throws CommandException, IOException {
        try {
            return server.read(sources(files), sources(leaseFiles), System.currentTimeMillis() / 1000);
        } catch (NoSuchFileException e) {
            throw new CommandException(e.getMessage() + " is not there", e);
        } catch (BrokenFileException e) {
            throw new CommandException(e.getMessage(), e); // which is no error of this server
        }
    }

    private static List<Source> sources(List<String> names) throws IOException {
        List<Source> sources = new ArrayList<>();
        for (String name : names) {
            sources.add(Source.of(Path.of(name)));
        }
        return sources;
    }

    /** Machines that files or commands define already: the boot policy would refuse a second of the same. */
    private List<String> knownMachines(Site site) {
        List<String> known = new ArrayList<>();
        if (machines == null) {
            return known;
        }
        site.hosts().forEach(host -> {
            Optional<Machine> same = machines.named(host.name())
                    .or(() -> host.identities().stream()
                            .flatMap(identity -> machines.find(identity).stream())
                            .findFirst())
                    .or(() -> host.addresses().stream()
                            .flatMap(address -> machines.holding(address).stream())
                            .findFirst());
            same.ifPresent(machine -> known.add(host.place() + ": host " + host.name() + ": there is the machine "
                    + machine.name() + " with the same name, identity or address"));
        });
        return known;
    }

    private Object review(OtherServer server, Site site, List<SiteFile> configuration, List<String> problems)
            throws IOException, CommandException {
        Path folder = to == null
                ? Path.of(System.getProperty("karaf.data", "."))
                        .resolve("import")
                        .resolve(server + "-" + STAMP.format(Instant.now()))
                : Path.of(to).toAbsolutePath();
        write(new ConfigurationFolder(folder), site, configuration);
        summary(site, "translated into " + folder);
        if (!site.leases().isEmpty()) {
            out.println(site.leases().size() + " live leases would be taken with --apply");
        }
        problems(problems);
        ImportReport.print(out, site, "not translated");
        out.println();
        out.println("Look at the files, then put them into etc/, or run the same command with --apply.");
        return null;
    }

    private Object apply(Site site, List<SiteFile> configuration, List<String> problems)
            throws IOException, CommandException, InterruptedException {
        if (!problems.isEmpty()) {
            problems(problems);
            ImportReport.print(out, site, "not translated");
            throw new CommandException(
                    "nothing is changed; import without --apply and mend what is written, or the" + " source");
        }
        write(new ConfigurationFolder(Path.of(System.getProperty("karaf.etc"))), site, configuration);
        summary(site, "in etc/ now");
        List<LeaseIntake.Conflict> conflicts =
                intake.take(site.leases().values(), site.hosts(), address -> networkOf(site, address));
        if (!site.leases().isEmpty()) {
            out.println(site.leases().size() - conflicts.size() + " leases are taken and on the disk");
        }
        if (!conflicts.isEmpty()) {
            out.println();
            out.println("leases not taken (" + conflicts.size() + "):");
            conflicts.forEach(
                    conflict -> out.println("  " + conflict.lease().address().getHostAddress() + " of "
                            + conflict.lease().mac() + ": " + conflict.why()));
        }
        ImportReport.print(out, site, "not translated");
        return null;
    }

    private void write(ConfigurationFolder folder, Site site, List<SiteFile> configuration)
            throws IOException, CommandException {
        List<String> there = folder.write(configuration, SiteWriter.machines(site), isForced);
        if (!there.isEmpty()) {
            throw new CommandException("nothing is changed: there are already " + String.join(", ", there)
                    + "; --force replaces them and keeps the former ones as NAME.before-import");
        }
    }

    private void summary(Site site, String where) {
        out.println(site.networks().size() + " networks, " + site.groups().size() + " groups, "
                + site.hosts().size() + " machines are " + where);
    }

    private void problems(List<String> problems) {
        if (!problems.isEmpty()) {
            out.println();
            out.println("would be refused (" + problems.size() + "):");
            problems.forEach(problem -> out.println("  " + problem));
        }
    }

    private Optional<Network> networkOf(Site site, Inet4Address address) {
        return site.networks().stream()
                .map(SiteNetwork::network)
                .filter(network -> network.contains(address))
                .findFirst()
                .or(() -> configured.networkOf(address));
    }
}
