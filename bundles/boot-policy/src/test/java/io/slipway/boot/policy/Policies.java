package io.slipway.boot.policy;

import io.slipway.boot.BootClient;
import io.slipway.boot.FirmwareArchitecture;
import io.slipway.boot.MacAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Configurations and clients for tests. */
final class Policies {

    static final String LAB = """
            profiles:
              debian-installer:
                title: Install Debian 12
                image: debian-12:current
                kernel: debian-installer/amd64/linux
                initrd: [debian-installer/amd64/initrd.gz]
                arguments: console=ttyS0,115200
                loader: grub
              shell: { image: "tools:1", efi: shellx64.efi, arguments: -nostartup }
              rescue: { local: true }
            groups:
              lab:
                match: { arch: [bios-x86, uefi-x64], mac: "52:54:00:*" }
                profiles: [debian-installer, rescue]
                default: debian-installer
                timeout: 10s
              nobody: { match: { mac: "00-80-77-*" }, ignore: "printers have nothing to boot" }
            """;

    private Policies() {}

    static SourceFile file(String name, String text) {
        return new SourceFile(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The files are called a.yaml, b.yaml and so on. */
    static BootConfiguration parse(String... texts) throws PolicyException {
        List<SourceFile> files = new ArrayList<>();
        for (String text : texts) {
            files.add(file((char) ('a' + files.size()) + ".yaml", text));
        }
        return BootConfiguration.parse(files);
    }

    /** The problems, one a line; empty when there are none. */
    static String problems(String... texts) {
        try {
            parse(texts);
            return "";
        } catch (PolicyException e) {
            return e.problems().stream().map(Problem::toString).collect(Collectors.joining("\n"));
        }
    }

    static BootClient client(String mac) {
        return BootClient.builder(MacAddress.parse(mac))
                .architecture(FirmwareArchitecture.UEFI_X64)
                .build();
    }
}
