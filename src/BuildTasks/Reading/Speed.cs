using System.Runtime.CompilerServices;

namespace Quintet.BuildTasks.Reading;

/// <summary>For the few methods that most of the time goes to.</summary>
internal static class Speed
{
    /// <summary>
    /// Compiled for speed at the first call: a build's process ends before the runtime has found out by itself what is called often.
    /// </summary>
    public const MethodImplOptions Hot = (MethodImplOptions)512;
}
