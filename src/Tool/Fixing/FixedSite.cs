using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Tool.Analysis;

namespace Quintet.Tool.Fixing;

/// <summary>A finding that a move was applied to.</summary>
/// <param name="Place">Where it was.</param>
/// <param name="Title">What the move says that it does there.</param>
/// <param name="Message">What the finding says.</param>
/// <param name="Identity">
/// The same in every state of the solution in which the member around the finding is as it was: lines shift when others are fixed, and
/// several members may get the same message.
/// </param>
internal sealed record FixedSite(Place Place, string Title, string Message, string Identity)
{
    public static FixedSite Of(Diagnostic diagnostic, string title)
    {
        var (place, message, span) = (Place.Of(diagnostic.Location)!, MessageOf(diagnostic), diagnostic.Location.SourceSpan);
        var member = diagnostic.Location.SourceTree!.GetRoot().FindNode(span).AncestorsAndSelf().OfType<MemberDeclarationSyntax>()
            .FirstOrDefault();
        var within = span.Start - (member?.SpanStart ?? 0);
        return new FixedSite(place, title, message, string.Join('\n', place.File, message, within, member?.ToString()));
    }

    public static string MessageOf(Diagnostic diagnostic) => diagnostic.GetMessage(CultureInfo.InvariantCulture);
}
