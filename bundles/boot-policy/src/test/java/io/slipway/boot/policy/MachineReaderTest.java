package io.slipway.boot.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.Machine;
import io.slipway.boot.MachineIdentity;
import io.slipway.dhcp.codec.Addresses;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Machines in files: what can be said, and what is refused where. */
class MachineReaderTest {

    private static final String MAC = "52:54:00:00:00:01";

    @Test
    void readsEveryKey() throws PolicyException {
        BootConfiguration lab = Policies.parse("""
                machines:
                  web-1:
                    mac: [52:54:00:00:00:01, 52-54-00-00-00-02]
                    uuid: 6B1F3A52-0c8e-4f5d-9a3e-1d2c3b4a5f60
                    clientId: 01:52:54:00:00:00:01
                    circuitId: Eth1/0/7
                    address: [10.0.0.7, 10.1.0.7]
                    labels: { rack: r12, bay: 7 }
                    options: { host-name: web-1, ntp-servers: [10.0.0.1, 10.0.0.2], 224.uint16: 5 }
                    leaseTime: 12h
                  other: { macs: [525400000003], addresses: [10.0.0.8] }
                """);
        Machine web = lab.machines().find("web-1").orElseThrow().machine();
        assertEquals(
                Machine.builder("web-1")
                        .identity(MachineValues.mac(MAC))
                        .identity(MachineValues.mac("52:54:00:00:00:02"))
                        .identity(MachineValues.uuid("6b1f3a52-0c8e-4f5d-9a3e-1d2c3b4a5f60"))
                        .identity(new MachineIdentity.ClientId("01525400000001"))
                        .identity(new MachineIdentity.CircuitId("457468312f302f37"))
                        .address(Addresses.parse("10.0.0.7"))
                        .address(Addresses.parse("10.1.0.7"))
                        .label("rack", "r12")
                        .label("bay", "7")
                        .dhcpOption("host-name", "web-1")
                        .dhcpOption("ntp-servers", "10.0.0.1, 10.0.0.2")
                        .dhcpOption("224.uint16", "5")
                        .leaseTime(Duration.ofHours(12))
                        .build(),
                web);
        assertEquals(
                new Place("a.yaml", 2, 3),
                lab.machines().find("web-1").orElseThrow().place());
        assertEquals(
                List.of("other", "web-1"),
                lab.machines().all().stream()
                        .map(placed -> placed.machine().name())
                        .toList());
        for (Object claim : Claims.of(web)) {
            assertEquals(web, lab.machines().find(claim).orElseThrow().machine());
        }
        assertTrue(lab.machines().find(MachineValues.mac("52:54:00:00:00:09")).isEmpty());
    }

    private static Arguments machine(String keys, String expected) {
        return Arguments.of("machines:\n  m: " + keys, expected);
    }

    private static Arguments known(String keys, String expected) {
        return machine("{ mac: " + MAC + ", " + keys + " }", expected);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("machines: []", "a.yaml:1:11: expected names of machines, not a list"),
                Arguments.of("machines: { a b: {} }", "a.yaml:1:13: machine name 'a b'; expected letters"),
                machine("", "a.yaml:2:5: expected a machine's keys, not nothing"),
                machine("{ address: 10.0.0.1 }", "a.yaml:2:3: machine 'm' has nothing to be told by; give a mac"),
                machine("{ mac: 52:54 }", "a.yaml:2:13: MAC address '52:54'; expected the form"),
                machine("{ mac: 01:00:5e:00:00:01 }", "a.yaml:2:13: MAC address '01:00:5e:00:00:01' is no machine's"),
                machine("{ mac: 00:00:00:00:00:00 }", "a.yaml:2:13: MAC address '00:00:00:00:00:00' is no machine's"),
                machine("{ mac: [" + MAC + ", 525400000001] }", "a.yaml:2:33: MAC " + MAC + " is here twice"),
                known("macs: a", "a.yaml:2:32: 'macs' makes no sense with 'mac'"),
                known("adress: 10.0.0.1", "unknown key 'adress'; did you mean 'address'?"),
                known("address: 10.0.0.256", "a.yaml:2:41: '10.0.0.256' is not an IPv4 address"),
                known("address: 224.0.0.1", "a.yaml:2:41: address 224.0.0.1 is no machine's own"),
                known("address: 10.0.0.1, addresses: 10.0.0.2", "'addresses' makes no sense with 'address'"),
                known("uuid: 1-1-1-1-1", "a.yaml:2:38: UUID '1-1-1-1-1'; expected the form"),
                known("uuid: ffffffff-ffff-ffff-ffff-ffffffffffff", "is what firmware without one says"),
                known("circuitId: \"\"", "a.yaml:2:43: circuit identifier of 0 bytes; expected 1 to 255"),
                known("clientId: " + "x".repeat(256), "a.yaml:2:42: client identifier of 256 bytes"),
                known("labels: { Rack: a }", "a.yaml:2:42: label 'Rack'; expected lower-case"),
                known("labels: { arch: a }", "a.yaml:2:42: label 'arch' is what the server itself finds out"),
                known("labels: { machine: a }", "a.yaml:2:42: label 'machine' is what the server itself finds out"),
                known("labels: { rack: }", "expected a label's value, but there is nothing"),
                known("labels: { a: " + "x".repeat(256) + " }", "label 'a' with a value of 256 characters"),
                known("options: { hostname: a }", "unknown option 'hostname'; did you mean 'host-name'?"),
                known("options: { 224: a }", "a.yaml:2:43: option 224 needs a type, such as 224.string"),
                known("options: { 224.strin: a }", "unknown type 'strin'; did you mean 'string'?"),
                known("options: { 255.string: a }", "option 255.string; expected a number of 1 to 254"),
                known("options: { dhcp-lease-time: 5 }", "set by the server; for the lease time write leaseTime"),
                known("options: { 53.uint8: 5 }", "option '53.uint8' is part of every exchange"),
                known("leaseTime: 0", "a.yaml:2:43: lease time '0'; expected a time such as 45s"),
                known("leaseTime: 9999999999d", "lease time '9999999999d'; expected"));
    }

    @ParameterizedTest
    @MethodSource
    void refused(String text, String expected) {
        String problems = Policies.problems(text);
        assertTrue(problems.contains(expected), () -> "expected: " + expected + "\nproblems: " + problems);
        assertTrue(problems.matches("a\\.yaml:\\d+:\\d+: [^\\n]+"), problems);
    }

    @Test
    void whatTwoMachinesHaveIsRefusedWhereTheSecondHasIt() {
        String first = "machines: { m: { mac: %s, uuid: %s, clientId: abc, circuitId: p1, address: 10.0.0.1 } }"
                .formatted(MAC, "6b1f3a52-0c8e-4f5d-9a3e-1d2c3b4a5f60");
        Map.of(
                        "mac: 525400000001", "MAC " + MAC,
                        "uuid: 6B1F3A52-0C8E-4F5D-9A3E-1D2C3B4A5F60", "UUID 6b1f3a52-0c8e-4f5d-9a3e-1d2c3b4a5f60",
                        "clientId: 0x616263", "client identifier abc",
                        "circuitId: p1", "circuit identifier p1",
                        "mac: 525400000002, address: 10.0.0.1", "address 10.0.0.1")
                .forEach((keys, claim) -> {
                    String problem = Policies.problems(first, "machines: { n: { " + keys + " } }");
                    assertTrue(problem.matches("b\\.yaml:1:\\d+: .*"), problem);
                    assertTrue(problem.endsWith(claim + " is already that of machine 'm' (a.yaml:1)"), problem);
                });
        assertTrue(Policies.problems(first, "machines: { m: { mac: 525400000002 } }")
                .startsWith("b.yaml:1:13: name 'm' is already that of machine 'm'"));
    }

    @Test
    void everyBrokenMachineIsReported() {
        assertEquals(
                3,
                Policies.problems("machines:\n  a: {}\n  b: { mac: x }\n  c: { mac: " + MAC + ", uid: y }\n")
                        .lines()
                        .count());
    }

    /** Files of nothing but machines are not limited together, other files are. */
    @Test
    void manyFilesOfMachinesAreRead() throws PolicyException {
        String[] files = IntStream.range(0, 4)
                .mapToObj(file -> IntStream.range(0, 5_000)
                        .mapToObj(i -> "  m%d-%d: { mac: %012x, labels: { rack: a } }"
                                .formatted(file, i, 0x5254_0000_0000L + file * 5_000L + i))
                        .collect(Collectors.joining("\n", "machines:\n", "\n")))
                .toArray(String[]::new);
        assertEquals(20_000, Policies.parse(files).machines().all().size());

        String[] mixed = Stream.of(files).map(text -> text + "groups: {}\n").toArray(String[]::new);
        assertTrue(Policies.problems(mixed).contains("more than 150000 values in all files together"));
    }
}
