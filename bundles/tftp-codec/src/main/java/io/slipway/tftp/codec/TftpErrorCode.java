package io.slipway.tftp.codec;

/**
 * Why a transfer ends (RFC 1350 appendix; 8 from RFC 2347). Open: a code without a name keeps its number.
 *
 * @param code 0 to 65535
 */
public record TftpErrorCode(int code) {

    /** The message says why. */
    public static final TftpErrorCode NOT_DEFINED = new TftpErrorCode(0);

    public static final TftpErrorCode FILE_NOT_FOUND = new TftpErrorCode(1);
    public static final TftpErrorCode ACCESS_VIOLATION = new TftpErrorCode(2);
    public static final TftpErrorCode DISK_FULL = new TftpErrorCode(3);
    public static final TftpErrorCode ILLEGAL_OPERATION = new TftpErrorCode(4);
    public static final TftpErrorCode UNKNOWN_TRANSFER_ID = new TftpErrorCode(5);
    public static final TftpErrorCode FILE_EXISTS = new TftpErrorCode(6);
    public static final TftpErrorCode NO_SUCH_USER = new TftpErrorCode(7);
    /** The sender does not agree to the options (RFC 2347). */
    public static final TftpErrorCode OPTION_NEGOTIATION = new TftpErrorCode(8);

    public TftpErrorCode {
        if (code < 0 || code > 0xffff) {
            throw new IllegalArgumentException("TFTP error code " + code + "; expected 0 to 65535");
        }
    }

    @Override
    public String toString() {
        return switch (code) {
            case 0 -> "not defined (0)";
            case 1 -> "file not found (1)";
            case 2 -> "access violation (2)";
            case 3 -> "disk full (3)";
            case 4 -> "illegal operation (4)";
            case 5 -> "unknown transfer ID (5)";
            case 6 -> "file exists (6)";
            case 7 -> "no such user (7)";
            case 8 -> "option negotiation failed (8)";
            default -> "error " + code;
        };
    }
}
