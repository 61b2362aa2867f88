namespace Mandelbrot;

/// <summary>Which line of a picture to render.</summary>
public sealed record Line(int Y, int Width, int Height);
