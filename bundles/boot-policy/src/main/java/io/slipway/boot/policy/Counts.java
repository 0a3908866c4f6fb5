package io.slipway.boot.policy;

/** How large a configuration is, in words. */
public final class Counts {

    private Counts() {}

    /** {@code 2 profiles, 1 group, 3 machines in 1 file}. */
    public static String of(BootConfiguration configuration) {
        return count(configuration.profiles().size(), "profile") + ", "
                + count(configuration.groups().size(), "group") + ", "
                + count(configuration.machines().all().size(), "machine") + " in "
                + count(configuration.files(), "file");
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
