namespace Quintet.Node;

/// <summary>What others need to know of the side of a stream that is read from.</summary>
internal interface IReadState
{
    int Length { get; }

    /// <summary>Whether the source has ended; there may be something left to take.</summary>
    bool SourceEnded { get; }

    bool EndEmitted { get; }

    void OnListenerAdded(string name);

    void OnListenerRemoved(string name);

    /// <summary>The stream has been made ready: what was wanted before is asked for.</summary>
    void OnConstructed();
}
