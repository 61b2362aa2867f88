using System.Globalization;

namespace Quintet.Multiprocessing.Workers;

/// <summary>The one line that a worker reads from its standard input, where neither <c>ps</c> nor <c>/proc/…/environ</c> shows
/// it.</summary>
/// <param name="Token">256 random bits that the worker must give back on the socket, once.</param>
/// <param name="SocketPath">Where to connect.</param>
/// <param name="ParentId">The process that must answer there.</param>
/// <param name="BoardAddress">The common memory.</param>
/// <param name="NoteTimes">Whether the start of each task is to be noted (a time-out is set).</param>
/// <param name="Cultures">What <see cref="WorkerCulture"/> understands.</param>
internal sealed record WorkerInvitation(
    string Token, string SocketPath, int ParentId, string BoardAddress, bool NoteTimes, string Cultures)
{
    internal string Line =>
        string.Join('\t', Token, SocketPath, ParentId.ToString(CultureInfo.InvariantCulture), BoardAddress, NoteTimes, Cultures);

    internal static WorkerInvitation Parse(string line) =>
        line.Split('\t') is [var token, var path, var parent, var board, var times, var cultures]
        ? new(token, path, int.Parse(parent, CultureInfo.InvariantCulture), board, bool.Parse(times), cultures)
        : throw new ProcessProtocolException("The invitation is no invitation.");
}
