package io.slipway.dhcp.handlers;

import io.slipway.dhcp.handlers.migration.SiteFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tries files of networks, groups and options, before they are in etc/, against each other and against what serves. */
public final class ConfigurationTrial {

    private ConfigurationTrial() {}

    /** Why files would be refused beside those that serve now: the messages that the log would have. */
    public static List<String> problems(List<SiteFile> files, NetworkFiles present) {
        return problems(files, present.networks());
    }

    /** Why files would be refused where there are no others. */
    public static List<String> problemsAmong(List<SiteFile> files) {
        return problems(files, Networks.NONE);
    }

    static List<String> problems(List<SiteFile> files, Networks present) {
        Map<String, NetworkSettings.Served> all = new TreeMap<>();
        for (Subnet subnet : present.subnets()) {
            add(all, new NetworkSettings.Served(new ConfigFile(SubnetFile.PID, subnet.name(), Map.of()), subnet));
        }
        for (Group group : present.groups()) {
            add(all, new NetworkSettings.Served(new ConfigFile(GroupFile.PID, group.name(), Map.of()), group));
        }
        List<String> problems = new ArrayList<>();
        List<NetworkSettings.Served> tried = new ArrayList<>();
        for (SiteFile file : files) {
            try {
                NetworkSettings.Served served =
                        NetworkSettings.Served.parse(new ConfigFile(file.kind(), file.label(), file.values()));
                tried.add(served);
                add(all, served);
            } catch (IllegalArgumentException e) {
                problems.add(e.getMessage());
            }
        }
        tried.forEach(one -> Conflict.of(one, all.values()).ifPresent(problems::add));
        return problems;
    }

    private static void add(Map<String, NetworkSettings.Served> all, NetworkSettings.Served one) {
        all.put(one.file().name(), one);
    }
}
