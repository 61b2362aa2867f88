namespace Mandelbrot;

/// <summary>Which line of a picture to render.</summary>
internal sealed record Line(int Y, int Width, int Height);
