namespace Mandelbrot;

/// <summary>One line of the picture, as a worker gives it back: how many steps each point took to escape.</summary>
public sealed record Row(int Y, ushort[] Steps);
