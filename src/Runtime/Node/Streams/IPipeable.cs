namespace Quintet.Node;

/// <summary>A readable side that a pipeline can carry on.</summary>
internal interface IPipeable<out T>
{
    void PipeTo(IWritable<T> destination, bool end);
}
