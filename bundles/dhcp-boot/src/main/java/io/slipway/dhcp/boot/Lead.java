package io.slipway.dhcp.boot;

/** How PXE firmware is led to its boot file. */
enum Lead {
    /** The first reply names the file, and says with suboption 6 of option 43 that it is all there is to know. */
    STRAIGHT,
    /** The first reply names none and has no option 43: the firmware asks again on port 4011. */
    ASK,
    /** The firmware shows the boot menu itself, and asks for the file of what was chosen (PXE 2.1 section 2.2.4). */
    MENU
}
