using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Quintet.BuildTasks.Reading;

/// <summary>Which methods are given delegates, told from their signatures without spelling them.</summary>
internal sealed class DelegateParameters
{
    private readonly MemberNames _names;
    private readonly Func<EntityHandle, bool> _isDelegate;
    private readonly Dictionary<int, bool> _ofSignature = [];
    private readonly Dictionary<int, bool> _ofType = [];

    public DelegateParameters(MemberNames names) => (_names, _isDelegate) = (names, IsDelegate);

    public bool Has(int method)
    {
        var signature = _names.Metadata.GetMethodDefinition(OwnTypes.MethodAt(method)).Signature;
        var at = MetadataTokens.GetHeapOffset(signature);
        if (!_ofSignature.TryGetValue(at, out var has)) _ofSignature.Add(at, has = IsIn(_names.Metadata.GetBlobReader(signature)));
        return has;
    }

    private bool IsIn(BlobReader signature)
    {
        try
        {
            return SignatureGuard.AnyParameter(signature, _isDelegate);
        }
        // What is wrong with it is found when the method is read.
        catch (BadImageFormatException)
        {
            return false;
        }
    }

    private bool IsDelegate(EntityHandle type)
    {
        if (type.Kind is not (HandleKind.TypeReference or HandleKind.TypeDefinition)) return false;
        var token = MetadataTokens.GetToken(type);
        // An application of it is spelled with braces.
        if (!_ofType.TryGetValue(token, out var known))
            _ofType.Add(token, known = Frame.IsDelegate(_names.TypeName(type).Replace('`', '{')));
        return known;
    }
}
