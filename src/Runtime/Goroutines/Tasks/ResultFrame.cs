namespace Quintet.Goroutines;

/// <summary>A frame whose method returns a value.</summary>
internal abstract class ResultFrame<T> : Frame
{
    internal T? Result;
}
