package io.slipway.boot;

import java.util.List;
import java.util.Optional;

/**
 * What firmware says it is: a processor architecture type of DHCP option 93 (RFC 4578 section 2.1, RFC 5970 section
 * 3.3, IANA's registry). The set is open: a code that is not in the table is kept as it came.
 *
 * @param code 0 to 65535
 */
public record FirmwareArchitecture(int code) {

    public static final FirmwareArchitecture BIOS_X86 = new FirmwareArchitecture(0);
    public static final FirmwareArchitecture UEFI_IA32 = new FirmwareArchitecture(6);
    public static final FirmwareArchitecture UEFI_X64 = new FirmwareArchitecture(7);
    /** EFI byte code by the registry; some x64 firmware announces itself so. */
    public static final FirmwareArchitecture UEFI_EBC = new FirmwareArchitecture(9);

    public static final FirmwareArchitecture UEFI_ARM32 = new FirmwareArchitecture(10);
    public static final FirmwareArchitecture UEFI_ARM64 = new FirmwareArchitecture(11);
    public static final FirmwareArchitecture UEFI_IA32_HTTP = new FirmwareArchitecture(15);
    public static final FirmwareArchitecture UEFI_X64_HTTP = new FirmwareArchitecture(16);
    public static final FirmwareArchitecture UEFI_ARM32_HTTP = new FirmwareArchitecture(18);
    public static final FirmwareArchitecture UEFI_ARM64_HTTP = new FirmwareArchitecture(19);
    public static final FirmwareArchitecture BIOS_X86_HTTP = new FirmwareArchitecture(20);
    public static final FirmwareArchitecture UEFI_RISCV64 = new FirmwareArchitecture(27);
    public static final FirmwareArchitecture UEFI_RISCV64_HTTP = new FirmwareArchitecture(28);

    private record Row(FirmwareArchitecture architecture, String name, BootTransport transport) {}

    private static final List<Row> TABLE = List.of(
            new Row(BIOS_X86, "bios-x86", BootTransport.TFTP),
            new Row(UEFI_IA32, "uefi-ia32", BootTransport.TFTP),
            new Row(UEFI_X64, "uefi-x64", BootTransport.TFTP),
            new Row(UEFI_EBC, "uefi-x64", BootTransport.TFTP),
            new Row(UEFI_ARM32, "uefi-arm32", BootTransport.TFTP),
            new Row(UEFI_ARM64, "uefi-arm64", BootTransport.TFTP),
            new Row(UEFI_IA32_HTTP, "uefi-ia32", BootTransport.HTTP),
            new Row(UEFI_X64_HTTP, "uefi-x64", BootTransport.HTTP),
            new Row(UEFI_ARM32_HTTP, "uefi-arm32", BootTransport.HTTP),
            new Row(UEFI_ARM64_HTTP, "uefi-arm64", BootTransport.HTTP),
            new Row(BIOS_X86_HTTP, "bios-x86", BootTransport.HTTP),
            new Row(UEFI_RISCV64, "uefi-riscv64", BootTransport.TFTP),
            new Row(UEFI_RISCV64_HTTP, "uefi-riscv64", BootTransport.HTTP));

    public FirmwareArchitecture {
        if (code < 0 || code > 0xffff) {
            throw new IllegalArgumentException("architecture code " + code + "; expected 0 to 65535");
        }
    }

    /** The first architecture of a name such as {@code uefi-x64}. */
    public static Optional<FirmwareArchitecture> named(String name) {
        return TABLE.stream()
                .filter(row -> row.name.equals(name))
                .map(Row::architecture)
                .findFirst();
    }

    /** The names that {@link #named} knows. */
    public static List<String> names() {
        return TABLE.stream().map(Row::name).distinct().toList();
    }

    /** What people call it, the same for all codes of one kind: {@code bios-x86}, {@code uefi-x64}, {@code arch-123}. */
    @Override
    public String toString() {
        return row().map(Row::name).orElse("arch-" + code);
    }

    /** How firmware with this code fetches its first file. */
    public BootTransport transport() {
        return row().map(Row::transport).orElse(BootTransport.TFTP);
    }

    /** Whether both codes stand for the same kind of firmware, however it fetches its first file. */
    public boolean isSameKindAs(FirmwareArchitecture other) {
        return toString().equals(other.toString());
    }

    private Optional<Row> row() {
        for (Row row : TABLE) { // asked for each packet
            if (row.architecture.code == code) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }
}
