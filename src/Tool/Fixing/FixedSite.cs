using Quintet.Tool.Analysis;

namespace Quintet.Tool.Fixing;

/// <summary>A finding that a move was applied to.</summary>
/// <param name="Place">Where it was.</param>
/// <param name="Title">What the move says that it does there.</param>
/// <param name="Message">What the finding says.</param>
internal sealed record FixedSite(Place Place, string Title, string Message);
