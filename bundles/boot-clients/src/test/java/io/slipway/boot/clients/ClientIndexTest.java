package io.slipway.boot.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slipway.boot.BootClient;
import io.slipway.boot.FirmwareArchitecture;
import io.slipway.boot.MacAddress;
import java.net.InetAddress;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ClientIndexTest {

    private static final BootClient FIRMWARE = client(1)
            .architecture(FirmwareArchitecture.UEFI_X64)
            .vendorClass("PXEClient:Arch:00007:UNDI:003016")
            .uuid(new UUID(1, 2))
            .link("eth0")
            .build();

    private final ClientIndex index = new ClientIndex(3);

    private static BootClient.Builder client(int number) {
        return BootClient.builder(new MacAddress(0x525400000000L + number));
    }

    private static InetAddress address(int last) throws Exception {
        return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) last});
    }

    @Test
    void aClientIsFoundByAddressAndLinkAndByMac() throws Exception {
        index.learn(FIRMWARE, address(10));
        BootClient known = FIRMWARE.toBuilder().address(address(10)).build();
        assertEquals(Optional.of(known), index.at(address(10), "eth0"));
        assertEquals(Optional.of(known), index.find(FIRMWARE.mac()));
        assertEquals(Optional.empty(), index.at(address(10), "eth1"));
        assertEquals(Optional.empty(), index.at(address(11), "eth0"));
    }

    @Test
    void aClientOfAnUnknownLinkMayBeOnAny() throws Exception {
        index.learn(client(1).build(), address(10));
        assertEquals(
                client(1).build().mac(),
                index.at(address(10), "eth1").orElseThrow().mac());
    }

    @Test
    void theSameAddressOnTwoLinksIsTwoMachines() throws Exception {
        index.learn(FIRMWARE, address(10));
        index.learn(client(2).link("eth1").build(), address(10));
        assertEquals(FIRMWARE.mac(), index.at(address(10), "eth0").orElseThrow().mac());
        assertEquals(
                client(2).build().mac(),
                index.at(address(10), "eth1").orElseThrow().mac());
    }

    @Test
    void anInstallerDoesNotUnsayTheFirmware() throws Exception {
        index.learn(FIRMWARE, address(10));
        index.learn(client(1).vendorClass("d-i").link("eth0").build(), address(20));
        BootClient known = index.at(address(20), "eth0").orElseThrow();
        assertEquals(FIRMWARE.toBuilder().address(address(20)).build(), known);
        assertEquals(known, index.at(address(10), "eth0").orElseThrow());
    }

    @Test
    void aLoaderThatSpeaksAsFirmwareReplacesIt() throws Exception {
        index.learn(FIRMWARE, address(10));
        BootClient ipxe = client(1)
                .vendorClass("PXEClient:Arch:00007")
                .userClass("iPXE")
                .architecture(FirmwareArchitecture.UEFI_X64)
                .link("eth0")
                .build();
        index.learn(ipxe, address(10));
        BootClient known = index.find(FIRMWARE.mac()).orElseThrow();
        assertEquals(Optional.of("iPXE"), known.userClass());
        assertEquals(FIRMWARE.uuid(), known.uuid());
        index.learn(FIRMWARE, address(10));
        assertEquals(Optional.empty(), index.find(FIRMWARE.mac()).orElseThrow().userClass());
    }

    @Test
    void ofTwoThatSayLittleTheLaterCounts() throws Exception {
        index.learn(client(1).vendorClass("udhcp").build(), address(10));
        index.learn(client(1).vendorClass("dhcpcd").build(), address(10));
        assertEquals(
                Optional.of("dhcpcd"), index.find(FIRMWARE.mac()).orElseThrow().vendorClass());
    }

    @Test
    void onlyNewsIsReported() throws Exception {
        BootClient other = client(2).link("eth0").build();
        assertEquals(
                FIRMWARE.mac(),
                index.learn(FIRMWARE, address(10)).changed().orElseThrow().mac());
        assertEquals(Optional.empty(), index.learn(FIRMWARE, address(10)).changed());
        index.learn(other, address(10));
        assertEquals(
                FIRMWARE.mac(),
                index.learn(FIRMWARE, address(10)).changed().orElseThrow().mac(),
                "taken back");
    }

    @Test
    void whoWasNotAskedForLongestGoesFirst() throws Exception {
        for (int i = 1; i <= 3; i++) {
            index.learn(client(i).build(), address(i));
        }
        assertEquals(
                client(1).build().mac(), index.at(address(1), "").orElseThrow().mac());
        ClientIndex.Change change = index.learn(client(4).build(), address(4));
        assertEquals(Optional.of(client(2).build().mac()), change.forgotten());
        assertEquals(3, index.size());
        assertEquals(Optional.empty(), index.at(address(2), ""));
    }
}
