package kmemsh.view;

/**
 * The regions of i386 that kernels before 5.7 printed at boot; bounds of each, end excluded.
 *
 * @param hasPkmap whether HighMem is built in
 */
public record OldLayout(
    boolean hasPkmap,
    Addr fixmapStart,
    Addr fixmapEnd,
    Addr pkmapStart,
    Addr pkmapEnd,
    Addr vmallocStart,
    Addr vmallocEnd,
    Addr lowmemStart,
    Addr lowmemEnd) {}
